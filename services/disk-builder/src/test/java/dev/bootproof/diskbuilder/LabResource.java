package dev.bootproof.diskbuilder;

import dev.bootproof.events.Digest;
import dev.bootproof.testing.KafkaResource;
import dev.bootproof.testing.RegistryProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A real broker, a real registry and a real web server, a catalog, and an empty home. */
public class LabResource extends KafkaResource {
    /** What is published at a URL. */
    static final byte[] PUBLISHED = TestDisk.raw(1 << 20);

    private static final String MACHINE = "name: boot, memoryMiB: 256, cpus: 1, bootTimeout: PT1M";
    private static final String ROOTFS =
            "{kind: rootfs, filesystem: ext4, sizeMiB: %d, kernelArguments: [root=/dev/vda]}";

    private @Nullable FileServer files;
    private @Nullable RegistryProcess registry;

    @Override
    public Map<String, String> start() {
        try {
            Path directory = Files.createDirectories(Path.of("target", "lab")).toAbsolutePath();
            Directories.remove(directory);
            Files.createDirectories(directory);
            Path catalog = Files.writeString(directory.resolve("catalog.yaml"), catalog());
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

    private String catalog() throws IOException {
        files = new FileServer(FileServer.serving(TestDisk.xz(PUBLISHED)));
        String download = "{url: \"" + files.uri() + "\", checksum: \"" + Digest.of(TestDisk.xz(PUBLISHED)) + "\"}";
        return "defaultPlan: small\nplans:\n"
                + plan("small", ROOTFS.formatted(32), "", "")
                + plan("tiny", ROOTFS.formatted(16), "", "")
                + plan(
                        "uefi",
                        "{kind: rootfs, filesystem: ext4, layout: gpt, sizeMiB: 96, kernelArguments: [rw]}",
                        "",
                        "")
                + plan("published", "{kind: disk}", "", "")
                + plan("downloaded", "{kind: disk, sizeMiB: 16, download: " + download + "}", "", "")
                + plan("install", "{kind: disk}", "", "[{name: target, sizeMiB: 64}, {name: data, sizeMiB: 16}]")
                + plan(
                        "tested",
                        ROOTFS.formatted(32),
                        "{name: system, timeout: PT1M}, {name: smoke, timeout: PT2M}",
                        "");
    }

    private static String plan(String name, String recipe, String suites, String disks) {
        return """
                  %s:
                    recipe: %s
                    phases: [{%s, suites: [%s]}]
                    disks: %s
                    buildTimeout: PT1M
                    maxWait: PT1M
                """.formatted(name, recipe, MACHINE, suites, disks.isEmpty() ? "[]" : disks);
    }

    @Override
    public void stop() {
        super.stop();
        if (files != null) {
            files.close();
        }
        if (registry != null) {
            registry.close();
        }
    }
}
