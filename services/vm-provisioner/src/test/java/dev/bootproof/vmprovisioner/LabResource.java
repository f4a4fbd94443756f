package dev.bootproof.vmprovisioner;

import dev.bootproof.testing.RegistryProcess;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A lab with a secret and a real registry for its evidence. */
public class LabResource implements QuarkusTestResourceLifecycleManager {
    private @Nullable RegistryProcess registry;

    @Override
    public Map<String, String> start() {
        try {
            Path home = Path.of("target", "home");
            empty(home.resolve("runs"));
            Files.createDirectories(home);
            Files.write(home.resolve("lab.secret"), new byte[32]);
            RegistryProcess started = RegistryProcess.start(Files.createTempDirectory("registry"));
            registry = started;
            return Map.of(
                    "bootproof.evidence-repository",
                    started.address() + "/bootproof/evidence",
                    "vm-provisioner.accelerator",
                    "tcg",
                    "vm-provisioner.ssh-grace",
                    "1s",
                    "quarkus.http.test-port",
                    "0");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What an earlier test left would be gone on with. */
    private static void empty(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> all = Files.walk(directory)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    @Override
    public void stop() {
        if (registry != null) {
            registry.close();
        }
    }
}
