package dev.bootproof.testrunner.tar;

import dev.bootproof.testrunner.Content;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Writes files for a guest, and reads those of a guest, which may try anything. */
public final class Tar implements AutoCloseable {
    private static final Pattern NAME =
            Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._ -]{0,99}(?:/[A-Za-z0-9_][A-Za-z0-9._ -]{0,99})?");
    /** How many files one archive gives. */
    public static final int MOST_FILES = 200;

    /** Says which results an archive has that are not given, where there are such. */
    public static final String LEFT_OUT = "left-out.txt";

    private static final Pattern RESULT = Pattern.compile("(?:[^/]+/)?[^/]+\\.(?:xml|k?tap|json)");
    private static final int PROGRAM = 0100755;
    private static final int PLAIN = 0100644;

    private final TarArchiveOutputStream out;

    /** Fills an archive. */
    @FunctionalInterface
    public interface Packing {
        /** Adds its files. */
        void into(Tar tar) throws IOException;
    }

    /** Writes to this stream, which stays open. */
    public Tar(OutputStream out) {
        this.out = new TarArchiveOutputStream(out);
        this.out.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    }

    /** Writes a whole archive. */
    public static void write(OutputStream out, Packing packing) throws IOException {
        try (Tar tar = new Tar(out)) {
            packing.into(tar);
        }
    }

    /** Adds a file of this machine. */
    public void add(String path, boolean executable, Path file) throws IOException {
        begin(path, executable, Files.size(file));
        Files.copy(file, out);
        out.closeArchiveEntry();
    }

    /** Adds a file that is made here. */
    public void add(String path, byte[] content) throws IOException {
        add(path, false, content);
    }

    /** Adds a file or a program that is made here. */
    public void add(String path, boolean executable, byte[] content) throws IOException {
        begin(path, executable, content.length);
        out.write(content);
        out.closeArchiveEntry();
    }

    private void begin(String path, boolean executable, long size) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(path);
        entry.setMode(executable ? PROGRAM : PLAIN);
        entry.setSize(size);
        out.putArchiveEntry(entry);
    }

    @Override
    public void close() throws IOException {
        out.finish();
    }

    /** Whether a file of a guest may have this name: plain, at most one directory deep. */
    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /**
     * Reads the regular files of an archive: plain names at most one directory deep, at most 200 of them, each cut at
     * the limit. Links, devices and odd names are passed over. Where the archive was cut, so is the file in which it
     * ends; that, and results beyond the 200, is said in {@link #LEFT_OUT}.
     *
     * @throws IOException when it is no archive, though it is whole
     */
    public static Map<String, Content> read(Content archive, int limit) throws IOException {
        Map<String, Content> files = new TreeMap<>();
        StringBuilder leftOut = new StringBuilder();
        try (TarArchiveInputStream in = new TarArchiveInputStream(archive.stream())) {
            for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (entry.isSparse()) {
                    // To pass it over is to read it, and a few bytes can say that it is gigabytes.
                    leftOut.append("there is a sparse file");
                    break;
                }
                take(entry, in, limit, files, leftOut);
            }
        } catch (IOException e) {
            if (!archive.cut()) {
                throw e;
            }
        }
        if (archive.cut()) {
            leftOut.append("there are more than ").append(archive.size()).append(" bytes");
        }
        if (!leftOut.isEmpty()) {
            files.put(LEFT_OUT, Content.of(leftOut.append('\n').toString()));
        }
        return files;
    }

    private static void take(
            TarArchiveEntry entry, InputStream in, int limit, Map<String, Content> files, StringBuilder leftOut) {
        String name = entry.getName().startsWith("./") ? entry.getName().substring(2) : entry.getName();
        if (!regular(entry) || !isName(name)) {
            return;
        }
        if (files.size() < MOST_FILES) {
            files.put(name, Content.beginning(in, limit));
        } else if (RESULT.matcher(name).matches() && leftOut.isEmpty()) {
            leftOut.append("there are more than ")
                    .append(MOST_FILES)
                    .append(" files: ")
                    .append(name);
        }
    }

    /** A device or a pipe also says that it is a file. */
    private static boolean regular(TarArchiveEntry entry) {
        boolean link = entry.isLink() || entry.isSymbolicLink();
        boolean device = entry.isCharacterDevice() || entry.isBlockDevice() || entry.isFIFO();
        return entry.isFile() && !link && !device;
    }
}
