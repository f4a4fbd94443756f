package dev.bootproof.vmprovisioner.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** A kernel for small guests: Debian's for clouds, taken once from the package mirror and kept in the user's cache. */
public final class TestKernel {
    private static final Path CACHE = Path.of(System.getProperty("user.home"), ".cache", "bootproof", "test-kernel");
    private static final Duration DEADLINE = Duration.ofMinutes(3);

    /** What a guest needs to see disks, CD-ROMs and a network, in the order in which it is to be loaded. */
    static final List<String> DRIVERS = List.of(
            "virtio_ring",
            "virtio",
            "virtio_pci_legacy_dev",
            "virtio_pci_modern_dev",
            "virtio_pci",
            "virtio_blk",
            "scsi_common",
            "scsi_mod",
            "virtio_scsi",
            "cdrom",
            "sr_mod",
            "failover",
            "net_failover",
            "virtio_net");

    private TestKernel() {}

    /** The kernel; without one the test fails and says what it needs. */
    public static synchronized Path get() {
        Path kernel = CACHE.resolve("vmlinuz");
        if (!Files.exists(kernel) || !Files.exists(driver("virtio_net"))) {
            fetch(kernel);
        }
        assertThat(kernel)
                .as("a kernel to test with: apt-get download linux-image-cloud-amd64 must work; try apt-get update")
                .exists();
        return kernel;
    }

    /** A driver of the kernel. */
    static Path driver(String name) {
        return CACHE.resolve("drivers").resolve(name + ".ko");
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
                    Files.move(found, kernel, StandardCopyOption.REPLACE_EXISTING);
                }
            }
            keepDrivers(work.resolve("lib"));
            run(CACHE, "rm", "-rf", work.toString());
        } catch (IOException e) {
            throw new UncheckedIOException("no kernel to test with", e);
        }
    }

    private static void keepDrivers(Path modules) throws IOException {
        Files.createDirectories(CACHE.resolve("drivers"));
        try (Stream<Path> all = Files.walk(modules)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(".ko") && DRIVERS.contains(name.substring(0, name.length() - 3))) {
                    Files.move(file, driver(name.substring(0, name.length() - 3)), StandardCopyOption.REPLACE_EXISTING);
                }
            }
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
