package dev.bootproof.testrunner;

import dev.bootproof.testing.RegistryProcess;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A registry for evidence, and a lab secret of 32 zeros. */
public class LabResource implements QuarkusTestResourceLifecycleManager {
    private @Nullable RegistryProcess registry;

    @Override
    public Map<String, String> start() {
        try {
            Path directory = Files.createTempDirectory(Path.of("target"), "lab");
            Path secret = Files.write(directory.resolve("lab.secret"), new byte[32]);
            RegistryProcess started = RegistryProcess.start(directory);
            registry = started;
            return Map.of(
                    "bootproof.evidence-repository",
                    started.address() + "/bootproof/evidence",
                    "bootproof.secret-file",
                    secret.toAbsolutePath().toString(),
                    "test-runner.suites",
                    "src/test/resources/suites",
                    "quarkus.http.test-port",
                    "0");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        if (registry != null) {
            registry.close();
        }
    }
}
