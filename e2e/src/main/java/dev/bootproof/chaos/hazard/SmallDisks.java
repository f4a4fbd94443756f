package dev.bootproof.chaos.hazard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Gives the lab filesystems of its own for what it stores, so that one of them can be full while the rest goes on: golden
 * disks with the work on them, runs, and the registry. They are of memory, need root, and are laid before the lab's first
 * start; without root the lab has the host's filesystem and nothing is ever full.
 */
final class SmallDisks implements AutoCloseable {
    /** Which of the lab's directories lie on each. */
    private static final Map<String, List<String>> HOLDS =
            Map.of("store", List.of("work", "disks"), "runs", List.of("runs"), "registry", List.of("registry"));

    static final String SIZE = "6g";

    private final List<Path> mounted = new ArrayList<>();

    private SmallDisks() {}

    /** Lays them; where they cannot be had, says so on the standard error stream and lays none. */
    static SmallDisks lay(Path home, Path directory) throws IOException {
        SmallDisks disks = new SmallDisks();
        if (!Host.root()) {
            System.err.println("no filesystem of the lab will be full: only root can mount small ones");
            return disks;
        }
        for (Map.Entry<String, List<String>> disk : HOLDS.entrySet()) {
            Path point = Files.createDirectories(at(directory, disk.getKey()));
            Host.run("mount", "-t", "tmpfs", "-o", "mode=0700,size=" + SIZE, "bootproof-chaos", point.toString());
            disks.mounted.add(point);
            for (String name : disk.getValue()) {
                Path held = Files.createDirectories(point.resolve(name));
                Files.createDirectories(home);
                Files.createSymbolicLink(home.resolve(name), held);
            }
        }
        return disks;
    }

    /** Where the one of this name is, when there is one. */
    static Path at(Path directory, String name) {
        return directory.resolve("small").resolve(name);
    }

    @Override
    public void close() throws IOException {
        for (Path point : mounted) {
            Host.run("umount", "--lazy", point.toString());
        }
        mounted.clear();
    }
}
