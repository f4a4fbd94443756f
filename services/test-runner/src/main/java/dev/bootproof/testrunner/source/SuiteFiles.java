package dev.bootproof.testrunner.source;

import dev.bootproof.stage.StageFault;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.function.Predicate;

/**
 * Writes files of a source into a directory, and nothing but files, and not out of it. At most 5000 files of together at
 * most 64 MiB.
 */
public final class SuiteFiles {
    private static final int MOST = 5000;
    private static final long MOST_BYTES = 64L << 20;
    private static final int DEEPEST = 32;

    private final SourceRef source;
    private final Path directory;
    private int files;
    private long bytes;

    /** Writes files of this source below this directory. */
    public SuiteFiles(SourceRef source, Path directory) {
        this.source = source;
        this.directory = directory;
    }

    /** Writes a file. */
    public void add(String path, boolean executable, InputStream content) throws IOException {
        if (++files > MOST) {
            throw source.missing("it has more than " + MOST + " files: name the suite's own directory after #");
        }
        Path file = directory.resolve(checked(path));
        Files.createDirectories(file.getParent());
        try (OutputStream out =
                Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING)) {
            copy(content, out);
        }
        if (executable && !file.toFile().setExecutable(true)) {
            throw new IOException(file + " cannot be made executable");
        }
    }

    /** The fault for what is no file. */
    public StageFault refused(String path, String what) {
        return source.missing(printable(path) + " is " + what + ": a suite consists of plain files");
    }

    private void copy(InputStream content, OutputStream out) throws IOException {
        byte[] buffer = new byte[1 << 16];
        for (int got = content.read(buffer); got >= 0; got = content.read(buffer)) {
            bytes += got;
            if (bytes > MOST_BYTES) {
                throw source.missing(
                        "it has more than " + (MOST_BYTES >> 20) + " MiB: name the suite's own directory after #");
            }
            out.write(buffer, 0, got);
        }
    }

    private String checked(String path) {
        String plain = path.startsWith("./") ? path.substring(2) : path;
        String[] names = plain.split("/", -1);
        Predicate<String> bad = name -> name.isEmpty()
                || name.equals(".")
                || name.equals("..")
                || name.length() > 255
                || name.chars().anyMatch(c -> c < ' ' || c == '\\' || c == 127);
        if (names.length > DEEPEST || Arrays.stream(names).anyMatch(bad)) {
            throw source.missing("\"" + printable(path) + "\" is no path inside a suite");
        }
        return plain;
    }

    private static String printable(String path) {
        return path.replaceAll("\\p{Cntrl}", "?").substring(0, Math.min(path.length(), 100));
    }
}
