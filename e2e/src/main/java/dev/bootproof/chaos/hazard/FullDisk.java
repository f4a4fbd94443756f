package dev.bootproof.chaos.hazard;

import dev.bootproof.chaos.ChaosLab;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.random.RandomGenerator;

/**
 * Leaves one of the lab's filesystems no room. Mended by giving it the room it had.
 *
 * @param disk which, of {@link SmallDisks}
 * @param description what cannot be written then
 */
record FullDisk(String disk, String description) implements Hazard {
    private static final int TRIES = 20;
    private static final long LEFT = 64 << 10;

    @Override
    public String name() {
        return "full-" + disk;
    }

    @Override
    public Mending strike(ChaosLab lab, RandomGenerator random) throws IOException {
        Path point = SmallDisks.at(lab.directory(), disk);
        if (!Files.isDirectory(point) || !Files.getFileStore(point).type().equals("tmpfs")) {
            throw new IOException("the lab has no small filesystem: only root can mount one");
        }
        shrink(point);
        return () -> resize(point, SmallDisks.SIZE);
    }

    /** The kernel refuses a size below what is taken, which may have grown meanwhile. */
    private static void shrink(Path point) throws IOException {
        IOException refused = new IOException("not tried");
        for (int tries = 0; tries < TRIES; tries++) {
            try {
                resize(point, String.valueOf(taken(point) + LEFT * (tries + 1)));
                return;
            } catch (IOException e) {
                refused = e;
            }
        }
        throw refused;
    }

    private static long taken(Path point) throws IOException {
        FileStore store = Files.getFileStore(point);
        return store.getTotalSpace() - store.getUnallocatedSpace();
    }

    private static void resize(Path point, String size) throws IOException {
        Host.run("mount", "-o", "remount,size=" + size, point.toString());
    }
}
