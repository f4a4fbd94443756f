package dev.bootproof.diskbuilder;

import dev.bootproof.testing.KafkaResource;
import dev.bootproof.testing.RegistryProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A real broker and a real registry, a catalog, and an empty home. */
public class LabResource extends KafkaResource {
    private static final String CATALOG = """
            defaultPlan: small
            plans:
              small: &small
                recipe: {kind: rootfs, filesystem: ext4, sizeMiB: 32, kernelArguments: [root=/dev/vda]}
                phases: [{name: boot, memoryMiB: 256, cpus: 1, bootTimeout: PT1M, suites: []}]
                buildTimeout: PT1M
                maxWait: PT1M
              tiny:
                recipe: {kind: rootfs, filesystem: ext4, sizeMiB: 16, kernelArguments: [root=/dev/vda]}
                phases: [{name: boot, memoryMiB: 256, cpus: 1, bootTimeout: PT1M, suites: []}]
                buildTimeout: PT1M
                maxWait: PT1M
            """;

    private @Nullable RegistryProcess registry;

    @Override
    public Map<String, String> start() {
        try {
            Path directory = Files.createDirectories(Path.of("target", "lab")).toAbsolutePath();
            Directories.remove(directory);
            Files.createDirectories(directory);
            Path catalog = Files.writeString(directory.resolve("catalog.yaml"), CATALOG);
            registry = RegistryProcess.start(Files.createDirectories(directory.resolve("registry")));
            Map<String, String> told = new HashMap<>(super.start());
            told.put("bootproof.home", directory.resolve("home").toString());
            told.put("bootproof.catalog", catalog.toString());
            told.put("test.registry", registry.address());
            told.put(
                    "test.registry.storage",
                    directory.resolve("registry/storage").toString());
            return told;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        super.stop();
        if (registry != null) {
            registry.close();
        }
    }
}
