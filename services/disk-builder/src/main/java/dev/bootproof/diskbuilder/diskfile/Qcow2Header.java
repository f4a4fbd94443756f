package dev.bootproof.diskbuilder.diskfile;

import dev.bootproof.diskbuilder.HostFault;
import dev.bootproof.diskbuilder.rootfs.UnreadableImage;
import dev.bootproof.diskbuilder.rootfs.Unsupported;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The head of a qcow2 file, read before any program opens it: what names other files of this host is refused here. The
 * format is docs/interop/qcow2.txt of QEMU.
 *
 * @param virtualSize the size of the disk in it, in bytes
 */
record Qcow2Header(long virtualSize) {
    private static final int CORRUPT = 1 << 1;
    private static final int EXTERNAL_DATA = 1 << 2;

    /**
     * Reads it.
     *
     * @throws Unsupported when it is not all of the disk, or encrypted
     * @throws UnreadableImage when it is broken
     */
    static Qcow2Header read(Path file) throws UnreadableImage, Unsupported {
        try (InputStream bytes = Files.newInputStream(file);
                DataInputStream header = new DataInputStream(bytes)) {
            header.skipNBytes(Integer.BYTES);
            return read(header);
        } catch (EOFException e) {
            throw new UnreadableImage("a qcow2 file that ends in its header");
        } catch (UnreadableImage | Unsupported e) {
            throw e;
        } catch (IOException e) {
            throw HostFault.of(e);
        }
    }

    private static Qcow2Header read(DataInputStream header) throws IOException {
        int version = header.readInt();
        if (version != 2 && version != 3) {
            throw new UnreadableImage("a qcow2 file of version " + version);
        }
        if (header.readLong() != 0) {
            throw new Unsupported(
                    "a qcow2 file with a backing file: publish a whole disk, as qemu-img convert makes it");
        }
        header.skipNBytes(2L * Integer.BYTES);
        long size = header.readLong();
        if (header.readInt() != 0) {
            throw new Unsupported("an encrypted qcow2 file");
        }
        if (size <= 0) {
            throw new UnreadableImage("a qcow2 file with a disk of " + size + " bytes");
        }
        if (version == 3) {
            header.skipNBytes(3L * Integer.BYTES + 3L * Long.BYTES);
            features(header.readLong());
        }
        return new Qcow2Header(size);
    }

    private static void features(long incompatible) throws UnreadableImage, Unsupported {
        if ((incompatible & EXTERNAL_DATA) != 0) {
            throw new Unsupported("a qcow2 file whose data is in another file: publish a whole disk");
        }
        if ((incompatible & CORRUPT) != 0) {
            throw new UnreadableImage("a qcow2 file that is marked as corrupt");
        }
    }
}
