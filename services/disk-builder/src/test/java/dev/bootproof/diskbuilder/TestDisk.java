package dev.bootproof.diskbuilder;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** Small disks in memory, and what publishers do to them. */
public final class TestDisk {
    private TestDisk() {}

    /** A disk with a boot sector, some noise and mostly nothing. */
    public static byte[] raw(int size) {
        byte[] disk = new byte[size];
        byte[] noise = new byte[100_000];
        new Random(size).nextBytes(noise);
        System.arraycopy(noise, 0, disk, size / 2, Math.min(noise.length, size / 2));
        disk[0] = (byte) 0xeb;
        disk[510] = 0x55;
        disk[511] = (byte) 0xaa;
        return disk;
    }

    /** A CD-ROM by its volume descriptor. */
    public static byte[] iso(int size) {
        byte[] iso = new byte[size];
        byte[] descriptor = {1, 'C', 'D', '0', '0', '1', 1};
        System.arraycopy(descriptor, 0, iso, 32 << 10, descriptor.length);
        iso[size - 1] = 7;
        return iso;
    }

    /** The same disk in qcow2, by the real program. */
    public static byte[] qcow2(byte[] raw, Path directory) {
        try {
            Path from = Files.write(directory.resolve("from.raw"), raw);
            Path to = directory.resolve("to.qcow2");
            qemuImg(directory, "convert", "-f", "raw", "-O", "qcow2", from.toString(), to.toString());
            return Files.readAllBytes(to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs qemu-img. */
    public static void qemuImg(Path directory, String... arguments) {
        String[] command = new String[arguments.length + 1];
        command[0] = "qemu-img";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        try {
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("qemu-img.said").toFile())
                    .start();
            if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new AssertionError("qemu-img: " + Files.readString(directory.resolve("qemu-img.said")));
            }
        } catch (IOException e) {
            throw new AssertionError("qemu-img is not on the PATH: apt-get install qemu-utils", e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public static byte[] xz(byte[] content) {
        return packed(content, out -> new XZOutputStream(out, new LZMA2Options(1)));
    }

    public static byte[] bzip2(byte[] content) {
        return packed(content, BZip2CompressorOutputStream::new);
    }

    public static byte[] zstd(byte[] content) {
        return Zstd.compress(content);
    }

    private static byte[] packed(byte[] content, Packer packer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = packer.pack(bytes)) {
            out.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** What packs. */
    private interface Packer {
        OutputStream pack(OutputStream out) throws IOException;
    }
}
