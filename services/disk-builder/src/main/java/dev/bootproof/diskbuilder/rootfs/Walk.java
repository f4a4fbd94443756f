package dev.bootproof.diskbuilder.rootfs;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One way through a tree, following symbolic links as a kernel would whose root is the tree's. */
final class Walk {
    private static final int MOST_LINKS = 40;
    private static final int DEEPEST = 1024;

    private final Deque<String> ahead = new ArrayDeque<>();
    private final Deque<Directory> behind = new ArrayDeque<>();
    private final Directory root;
    private int links;

    Walk(Directory root) {
        this.root = root;
        behind.push(root);
    }

    /** What lies at the path, or null. */
    @Nullable
    Node find(EntryPath path) throws UnreadableImage {
        ahead.addAll(path.names());
        while (!ahead.isEmpty()) {
            String name = ahead.pop();
            if (stepsUp(name)) {
                continue;
            }
            switch (here().child(name)) {
                case Directory directory -> enter(directory);
                case Node.Symlink link -> follow(link, path);
                case null -> {
                    return null;
                }
                case Node file -> {
                    return ahead.isEmpty() ? file : null;
                }
            }
        }
        return here();
    }

    /**
     * The directory at the path. What is missing on the way is made, a file in the way is replaced, and all that is
     * passed counts as written by the layer.
     */
    Directory make(EntryPath path, int layer) throws UnreadableImage {
        ahead.addAll(path.names());
        while (!ahead.isEmpty()) {
            String name = ahead.pop();
            if (stepsUp(name)) {
                continue;
            }
            switch (here().child(name)) {
                case Directory directory -> pass(name, directory, layer);
                case Node.Symlink link -> follow(link, path);
                case null, default -> pass(name, new Directory(Attributes.ofImpliedDirectory()), layer);
            }
        }
        return here();
    }

    private Directory here() {
        return behind.getFirst();
    }

    private boolean stepsUp(String name) {
        if (!name.equals("..")) {
            return false;
        }
        if (behind.size() > 1) {
            behind.pop();
        }
        return true;
    }

    private void pass(String name, Directory directory, int layer) throws UnreadableImage {
        here().put(name, directory, layer);
        enter(directory);
    }

    private void enter(Directory directory) throws UnreadableImage {
        if (behind.size() >= DEEPEST) {
            throw new UnreadableImage("directories lie more than " + DEEPEST + " deep");
        }
        behind.push(directory);
    }

    private void follow(Node.Symlink link, EntryPath path) throws UnreadableImage {
        if (++links > MOST_LINKS) {
            throw new UnreadableImage("symbolic links go round in circles at " + path);
        }
        if (link.target().startsWith("/")) {
            behind.clear();
            behind.push(root);
        }
        List<String> names = Arrays.asList(link.target().split("/", -1));
        names.reversed().stream()
                .filter(name -> !name.isEmpty() && !name.equals("."))
                .forEach(ahead::push);
    }
}
