package dev.bootproof.janitor.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A directory with all that is below it. Links are removed, never followed. */
final class Tree {
    private static final long PATIENCE_SECONDS = 30;

    /** Who watched what was here may write down how it ended, once or twice, while it is removed. */
    private static final int LATE_WRITERS = 4;

    private final Path root;

    Tree(Path root) {
        this.root = root;
    }

    /** What it takes on disk, in bytes; 0 when that cannot be told. Holes in sparse files do not count. */
    long bytes() {
        try {
            Process du = new ProcessBuilder("du", "--summarize", "--block-size=1", "--", root.toString())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String line = new String(du.getInputStream().readNBytes(64), StandardCharsets.UTF_8);
            if (!du.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                du.destroyForcibly();
            }
            return Long.parseLong(line.substring(0, Math.max(0, line.indexOf('\t'))));
        } catch (IOException | NumberFormatException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    /**
     * Removes all of it; what vanishes meanwhile is as good as removed, and what appears meanwhile goes too.
     *
     * @throws IOException naming what could not be removed
     */
    void remove() throws IOException {
        for (int late = 0; Files.exists(root, LinkOption.NOFOLLOW_LINKS); late++) {
            try {
                Files.walkFileTree(root, new Remover());
            } catch (DirectoryNotEmptyException e) {
                if (late == LATE_WRITERS) {
                    throw e;
                }
            }
        }
    }

    private static final class Remover extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) throws IOException {
            if (!Files.isWritable(directory) || !Files.isExecutable(directory) || !Files.isReadable(directory)) {
                Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException why) throws IOException {
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                throw why;
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException why) throws IOException {
            if (why != null) {
                throw why;
            }
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
        }
    }
}
