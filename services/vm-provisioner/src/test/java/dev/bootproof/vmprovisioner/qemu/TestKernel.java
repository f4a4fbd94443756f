package dev.bootproof.vmprovisioner.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** A kernel for small guests: Debian's for clouds, taken once from the package mirror and kept in the user's cache. */
public final class TestKernel {
    private static final Path CACHE = Path.of(System.getProperty("user.home"), ".cache", "bootproof", "test-kernel");
    private static final Duration DEADLINE = Duration.ofMinutes(3);

    private TestKernel() {}

    /** The kernel; without one the test fails and says what it needs. */
    public static synchronized Path get() {
        Path kernel = CACHE.resolve("vmlinuz");
        if (!Files.exists(kernel)) {
            fetch(kernel);
        }
        assertThat(kernel)
                .as("a kernel to test with: apt-get download linux-image-cloud-amd64 must work; try apt-get update")
                .exists();
        return kernel;
    }

    private static void fetch(Path kernel) {
        try {
            Files.createDirectories(CACHE);
            Path work = Files.createTempDirectory(CACHE, "fetch");
            String depends = run(work, "apt-cache", "depends", "linux-image-cloud-amd64");
            String name = depends.lines()
                    .filter(line -> line.contains("Depends: linux-image-"))
                    .map(line -> line.replaceFirst(".*Depends: ", ""))
                    .findFirst()
                    .orElse("linux-image-cloud-amd64");
            run(work, "apt-get", "download", "-q", name);
            for (Path packaged : list(work)) {
                run(work, "dpkg", "-x", packaged.toString(), work.toString());
            }
            for (Path found : list(work.resolve("boot"))) {
                if (found.getFileName().toString().startsWith("vmlinuz")) {
                    Files.move(found, kernel);
                }
            }
            run(CACHE, "rm", "-rf", work.toString());
        } catch (IOException e) {
            throw new UncheckedIOException("no kernel to test with", e);
        }
    }

    private static List<Path> list(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    private static String run(Path directory, String... command) {
        return Tool.run(directory, DEADLINE, List.of(command)).output();
    }
}
