package dev.bootproof.vmprovisioner.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bootproof.events.LocalLab;
import dev.bootproof.events.RunId;
import dev.bootproof.vmprovisioner.Order;
import dev.bootproof.vmprovisioner.Orders;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A golden disk whose whole system is one shell script in an initramfs. */
public final class TestGuest {
    /** The run of all tests here. */
    public static final RunId RUN = new RunId("guest-0123456789ab");

    private static final Path BUSYBOX = Path.of("/bin/busybox");
    private static final String BOOTS = """
            echo "Welcome to a guest for tests"
            echo "[  OK  ] Reached target multi-user.target - Multi-User System."
            """;

    private TestGuest() {}

    /** A guest that comes up as far as it can without a network, and stays. */
    public static Order comesUp(LocalLab lab) throws IOException {
        return guest(lab, BOOTS + "while true; do sleep 100; done");
    }

    /** A guest that says nothing after its kernel. */
    public static Order stalls(LocalLab lab) throws IOException {
        return guest(lab, "while true; do sleep 100; done");
    }

    /** A guest whose first process ends, which its kernel does not survive. */
    public static Order panics(LocalLab lab) throws IOException {
        return guest(lab, "exit 1");
    }

    /** A guest that turns its machine off. */
    public static Order turnsOff(LocalLab lab) throws IOException {
        return guest(lab, "poweroff -f");
    }

    /** A guest that restarts its machine. */
    public static Order restarts(LocalLab lab) throws IOException {
        return guest(lab, "reboot -f");
    }

    /** The golden disk of a guest that does this. */
    public static Order guest(LocalLab lab, String script) throws IOException {
        Path golden = Files.createDirectories(lab.disk("golden"));
        Path kernel = golden.resolve("kernel");
        if (!Files.exists(kernel)) {
            Files.createSymbolicLink(kernel, TestKernel.get());
        }
        try (RandomAccessFile disk =
                new RandomAccessFile(golden.resolve("disk.raw").toFile(), "rw")) {
            disk.setLength(1 << 20);
        }
        Files.write(
                golden.resolve("initrd"),
                initrd("#!/busybox sh\nalias poweroff='/busybox poweroff' "
                        + "reboot='/busybox reboot' sleep='/busybox sleep'\n" + script + "\n"));
        return Orders.plain(RUN, 256);
    }

    /** An initramfs that knows devices, has drivers for those of QEMU, and does this. */
    static byte[] withDevices(String script) throws IOException {
        Path kernel = TestKernel.get();
        StringBuilder init = new StringBuilder("""
                #!/busybox sh
                export PATH=/bin
                /busybox mkdir -p /bin /proc /sys
                /busybox --install -s /bin
                mount -t devtmpfs dev /dev
                mount -t proc proc /proc
                mount -t sysfs sys /sys
                """);
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        for (String driver : TestKernel.DRIVERS) {
            entry(archive, driver + ".ko", 0100644, Files.readAllBytes(TestKernel.driver(driver)), 0, 0);
            init.append("insmod /").append(driver).append(".ko\n");
        }
        assertThat(kernel).exists();
        archive.writeBytes(initrd(init + script + "\n"));
        return archive.toByteArray();
    }

    private static byte[] initrd(String script) throws IOException {
        assertThat(BUSYBOX).as("apt-get install busybox-static").exists();
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        entry(archive, "dev", 0040755, new byte[0], 0, 0);
        entry(archive, "dev/console", 0020600, new byte[0], 5, 1);
        entry(archive, "busybox", 0100755, Files.readAllBytes(BUSYBOX), 0, 0);
        entry(archive, "init", 0100755, script.getBytes(StandardCharsets.UTF_8), 0, 0);
        entry(archive, "TRAILER!!!", 0, new byte[0], 0, 0);
        return archive.toByteArray();
    }

    /** The "newc" form of cpio, as in the kernel's documentation of its initramfs buffer. */
    private static void entry(
            ByteArrayOutputStream archive, String name, int mode, byte[] content, int major, int minor) {
        int links = 1;
        String head = "070701%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x"
                .formatted(0, mode, 0, 0, links, 0, content.length, 0, 0, major, minor, name.length() + 1, 0);
        archive.writeBytes((head + name + "\0").getBytes(StandardCharsets.US_ASCII));
        pad(archive);
        archive.writeBytes(content);
        pad(archive);
    }

    private static void pad(ByteArrayOutputStream archive) {
        while (archive.size() % 4 != 0) {
            archive.write(0);
        }
    }
}
