package dev.bootproof.diskbuilder.rootfs;

import java.util.ArrayList;
import java.util.List;

/** A path as a layer writes it, made relative to the root: {@code ..} never leaves it. */
record EntryPath(List<String> names) {
    private static final int LONGEST_NAME = 255;
    private static final int DEEPEST = 512;

    EntryPath {
        names = List.copyOf(names);
    }

    /** Reads the path of an entry; {@code ../x}, {@code /x} and {@code ./x} are all {@code x}. */
    static EntryPath of(String text) throws UnreadableImage, Unsupported {
        List<String> names = new ArrayList<>();
        for (String name : text.split("/", -1)) {
            if (name.equals("..")) {
                if (!names.isEmpty()) {
                    names.removeLast();
                }
            } else if (!name.isEmpty() && !name.equals(".")) {
                names.add(checked(name));
            }
        }
        if (names.size() > DEEPEST) {
            throw new UnreadableImage("a path has more than " + DEEPEST + " directories: " + text.substring(0, 80));
        }
        return new EntryPath(names);
    }

    private static String checked(String name) throws UnreadableImage, Unsupported {
        if (name.length() > LONGEST_NAME) {
            throw new UnreadableImage("a name is longer than 255 bytes: " + name.substring(0, 80) + "...");
        }
        if (name.indexOf('\n') >= 0 || name.indexOf('\r') >= 0) {
            throw new Unsupported("a file name with a line break in it: " + name.replaceAll("[\r\n]", "?"));
        }
        return name;
    }

    boolean isRoot() {
        return names.isEmpty();
    }

    String name() {
        return names.getLast();
    }

    EntryPath parent() {
        return new EntryPath(names.subList(0, names.size() - 1));
    }

    /** Another name in the same directory. */
    EntryPath sibling(String name) {
        List<String> sibling = new ArrayList<>(names);
        sibling.set(sibling.size() - 1, name);
        return new EntryPath(sibling);
    }

    @Override
    public String toString() {
        return "/" + String.join("/", names);
    }
}
