package dev.bootproof.diskbuilder.ext4;

import dev.bootproof.diskbuilder.Deadline;
import dev.bootproof.diskbuilder.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The programs that make ext4.
 *
 * @param mkfs makes an empty filesystem
 * @param debugfs fills it without mounting it
 * @param fsck says whether it is whole
 * @param version their version, because other versions make other bytes
 */
public record E2fsprogs(Tool mkfs, Tool debugfs, Tool fsck, String version) {
    private static final String PACKAGE = "e2fsprogs";
    private static final Pattern VERSION = Pattern.compile("debugfs (\\S+)");

    /**
     * Those of this host.
     *
     * @param mkfs the name of each program, or its path
     * @param searchPath directories, separated as in PATH
     * @param scratch where a program may write what it says
     */
    public static E2fsprogs find(
            String mkfs, String debugfs, String fsck, String searchPath, Path scratch, Deadline deadline) {
        Tool filler = Tool.find(debugfs, searchPath, PACKAGE);
        return new E2fsprogs(
                Tool.find(mkfs, searchPath, PACKAGE),
                filler,
                Tool.find(fsck, searchPath, PACKAGE),
                version(filler, scratch, deadline));
    }

    private static String version(Tool debugfs, Path scratch, Deadline deadline) {
        try {
            Files.createDirectories(scratch);
            return debugfs.run(List.of("-V"), scratch, Map.of(), deadline)
                    .find(line -> VERSION.matcher(line).find())
                    .flatMap(line -> VERSION.matcher(line).results().findFirst())
                    .map(found -> found.group(1))
                    .orElse("unknown");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
