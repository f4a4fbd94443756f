package dev.bootproof.diskbuilder.ext4;

import static dev.bootproof.diskbuilder.ext4.DebugfsCommands.quoted;

import dev.bootproof.diskbuilder.rootfs.Directory;
import dev.bootproof.diskbuilder.rootfs.Node;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * The commands by which debugfs creates a tree: in the order of names, so that the order of anything on the host plays
 * no part, and relative to the directory they are in, so that every name is found at once.
 */
final class DebugfsScript {
    private static final int FILE = 0100000;
    private static final int DIRECTORY = 0040000;
    private static final int CHARACTER = 0020000;
    private static final int BLOCK = 0060000;
    private static final int FIFO = 0010000;
    private static final int USUAL_FILE = 0644;
    private static final int USUAL_DIRECTORY = 0755;
    private static final int USUAL_DEVICE = 0;

    private final IdentityHashMap<Node, String> firstNames = new IdentityHashMap<>();
    private final DebugfsCommands commands;
    private final Census census;

    private DebugfsScript(DebugfsCommands commands, Census census) {
        this.commands = commands;
        this.census = census;
    }

    /**
     * Writes the script.
     *
     * @param file where to
     * @param contents the directory that debugfs runs in, where the contents lie
     * @param time what the filesystem says of itself
     */
    static void write(Path file, Directory root, Census census, Path contents, long time) throws IOException {
        try (Writer script = Files.newBufferedWriter(file, StandardCharsets.ISO_8859_1)) {
            DebugfsCommands commands = new DebugfsCommands(script, contents);
            new DebugfsScript(commands, census).root(root);
            commands.time(time);
        }
    }

    private void root(Directory root) throws IOException {
        if (root.entries().containsKey("lost+found")) {
            commands.line("rmdir ./lost+found");
        }
        commands.describe("/", DIRECTORY, USUAL_DIRECTORY, root.attributes());
        commands.times("/", root.attributes().mtime());
        children(root, "/");
    }

    private void children(Directory directory, String path) throws IOException {
        for (Map.Entry<String, Directory.Entry> entry : directory.entries().entrySet()) {
            create(entry.getKey(), entry.getValue().node(), path + entry.getKey());
        }
    }

    private void create(String name, Node node, String path) throws IOException {
        String here = quoted("./" + name);
        String first = firstNames.putIfAbsent(node, path);
        if (first != null) {
            commands.line("ln " + quoted(first) + " " + here);
            return;
        }
        commands.time(node.attributes().mtime());
        make(name, here, node);
        if (census.names(node) > 1) {
            commands.line("sif " + here + " links_count " + census.names(node));
        }
        if (node instanceof Directory directory && !directory.entries().isEmpty()) {
            commands.line("cd " + here);
            children(directory, path + "/");
            commands.line("cd ..");
        }
    }

    private void make(String name, String here, Node node) throws IOException {
        switch (node) {
            case Directory directory -> {
                commands.line("mkdir " + here);
                commands.describe(here, DIRECTORY, USUAL_DIRECTORY, directory.attributes());
            }
            case Node.RegularFile file -> {
                commands.line("write " + file.content() + " " + quoted(name));
                commands.describe(here, FILE, USUAL_FILE, file.attributes());
            }
            case Node.Symlink link -> {
                commands.line("symlink " + here + " " + quoted(link.target()));
                commands.describeOwner(here, link.attributes());
            }
            case Node.Device device -> {
                commands.line(
                        "mknod " + quoted(name) + " " + device.kind() + " " + device.major() + " " + device.minor());
                commands.describe(here, device.kind() == 'c' ? CHARACTER : BLOCK, USUAL_DEVICE, device.attributes());
            }
            case Node.Fifo fifo -> {
                commands.line("mknod " + quoted(name) + " p");
                commands.describe(here, FIFO, USUAL_DEVICE, fifo.attributes());
            }
        }
    }
}
