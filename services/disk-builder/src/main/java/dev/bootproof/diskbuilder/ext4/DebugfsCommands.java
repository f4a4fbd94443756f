package dev.bootproof.diskbuilder.ext4;

import dev.bootproof.diskbuilder.rootfs.Attributes;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Single commands of debugfs, each one line, with what it needs to be told about a file after it exists. */
final class DebugfsCommands {
    private static final long LATEST_32_BIT = Integer.MAX_VALUE;

    private final Writer script;
    private final Path contents;
    private long now = Long.MIN_VALUE;
    private long values;

    /**
     * @param script where the commands go
     * @param contents the directory that debugfs runs in
     */
    DebugfsCommands(Writer script, Path contents) {
        this.script = script;
        this.contents = contents;
    }

    /** One argument, as debugfs reads it. */
    static String quoted(String argument) {
        return '"' + argument.replace("\"", "\"\"") + '"';
    }

    /** A command. */
    void line(String command) throws IOException {
        script.append(command).append('\n');
    }

    /** What is made from now on was made then. */
    void time(long time) throws IOException {
        long possible = fits(time) ? time : 1;
        if (possible != now) {
            line("set_current_time @" + possible);
            now = possible;
        }
    }

    /** Sets the times of a file that was not made at the current time, or before 1970 or after 2038. */
    void times(String file, long time) throws IOException {
        for (String field : List.of("atime", "ctime", "mtime", "crtime")) {
            line("sif " + file + " " + field + " @" + time);
        }
    }

    /** Sets all of a new file's attributes that are not as debugfs makes them. */
    void describe(String file, int kind, int usualMode, Attributes attributes) throws IOException {
        if (attributes.mode() != usualMode) {
            line("sif " + file + " mode 0" + Integer.toOctalString(kind | attributes.mode()));
        }
        describeOwner(file, attributes);
    }

    /** Sets owner, odd times and extended attributes. */
    void describeOwner(String file, Attributes attributes) throws IOException {
        if (attributes.uid() != 0) {
            line("sif " + file + " uid " + attributes.uid());
        }
        if (attributes.gid() != 0) {
            line("sif " + file + " gid " + attributes.gid());
        }
        if (!fits(attributes.mtime())) {
            times(file, attributes.mtime());
        }
        for (Map.Entry<String, byte[]> xattr : attributes.xattrs().entrySet()) {
            String value = "x" + values++;
            Files.write(contents.resolve(value), xattr.getValue());
            String name = new String(xattr.getKey().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
            line("ea_set -f " + value + " " + file + " " + quoted(name));
        }
    }

    /** Whether debugfs can make a file at this time: zero means now to it, and it counts in 32 bits. */
    private static boolean fits(long time) {
        return time > 0 && time <= LATEST_32_BIT;
    }
}
