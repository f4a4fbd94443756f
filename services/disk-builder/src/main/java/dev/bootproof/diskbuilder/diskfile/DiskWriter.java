package dev.bootproof.diskbuilder.diskfile;

import dev.bootproof.diskbuilder.Deadline;
import dev.bootproof.diskbuilder.HostFault;
import dev.bootproof.diskbuilder.SparseFile;
import dev.bootproof.diskbuilder.packed.Decompression;
import dev.bootproof.diskbuilder.rootfs.UnreadableImage;
import dev.bootproof.events.Fault;
import dev.bootproof.stage.StageFault;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Makes {@code disk.raw} of a published file, in two steps: the bytes come in, and only when all of them are known to be
 * the right ones does a program look at them.
 */
public final class DiskWriter {
    private static final int BUFFER = 1 << 16;
    private static final long HEADERS = 16L << 20;

    private final Path directory;
    private final long mostBytes;
    private final QemuImg qemu;
    private final Deadline deadline;

    /**
     * @param directory where the disk is made
     * @param mostBytes the size of the largest disk that is taken
     * @param qemu what reads qcow2
     */
    public DiskWriter(Path directory, long mostBytes, QemuImg qemu, Deadline deadline) {
        this.directory = directory;
        this.mostBytes = mostBytes;
        this.qemu = qemu;
        this.deadline = deadline;
    }

    /** Takes the file, unpacked on its way. Called again, it forgets what came before. */
    public void take(InputStream packed) throws IOException {
        forget(raw());
        forget(qcow2());
        BufferedInputStream content = new BufferedInputStream(Decompression.of(packed), BUFFER);
        content.mark(DiskFormat.TELLING);
        DiskFormat format = DiskFormat.of(content.readNBytes(DiskFormat.TELLING));
        content.reset();
        switch (format) {
            case RAW, ISO -> write(content, raw(), mostBytes);
            case QCOW2 -> write(content, qcow2(), mostBytes + mostBytes / BUFFER + HEADERS);
        }
    }

    /**
     * Makes the disk of what came in.
     *
     * @param sizeMiB how large it becomes, if it is smaller; 0 for as large as it is
     */
    public void finish(int sizeMiB) throws IOException {
        if (Files.exists(qcow2())) {
            long size = Qcow2Header.read(qcow2()).virtualSize();
            if (size > mostBytes) {
                throw tooLarge();
            }
            qemu.convert(qcow2(), raw(), directory, deadline);
            forget(qcow2());
        }
        long sectors = (Files.size(raw()) + 511) / 512;
        SparseFile.grow(raw(), Math.max(sectors * 512, (long) sizeMiB << 20));
    }

    private void write(InputStream content, Path file, long most) throws IOException {
        byte[] buffer = new byte[BUFFER];
        try (SparseFile out = new SparseFile(file)) {
            for (int got = content.readNBytes(buffer, 0, BUFFER);
                    got > 0;
                    got = content.readNBytes(buffer, 0, BUFFER)) {
                deadline.check("the disk was still being unpacked");
                if (out.length() + got > most) {
                    throw tooLarge();
                }
                out.add(buffer, got);
            }
            if (out.length() == 0) {
                throw new UnreadableImage("an empty file");
            }
        }
    }

    private StageFault tooLarge() {
        return new StageFault(
                Fault.IMAGE_TOO_LARGE,
                "it unpacks to more than " + (mostBytes >> 20)
                        + " MiB; raise sizeMiB in the recipe, or disk-builder.largest-disk where the recipe names no size");
    }

    private static void forget(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw HostFault.of(e);
        }
    }

    private Path raw() {
        return directory.resolve("disk.raw");
    }

    private Path qcow2() {
        return directory.resolve("published.qcow2");
    }
}
