package dev.bootproof.testrunner;

import dev.bootproof.events.Digest;
import dev.bootproof.events.Fault;
import dev.bootproof.stage.StageFault;
import dev.bootproof.testrunner.Suite.SuiteFile;
import dev.bootproof.testrunner.source.FetchedSuites;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The suites of the lab: directories below one directory, each with {@code features/} for behave or a program called
 * {@code run}.
 */
final class Suites {
    private final Path directory;

    /** The suites below this directory. */
    Suites(Path directory) {
        this.directory = directory;
    }

    /**
     * The suite of this name.
     *
     * @throws StageFault when there is none
     */
    Suite find(String name) {
        Path root = directory.resolve(name);
        if (empty(root)) {
            throw new StageFault(
                    Fault.SUITE_MISSING, name + " (a directory below suites/ with features/ or a program run)");
        }
        return read(name, root, null);
    }

    /**
     * The suite of this name that was fetched from elsewhere.
     *
     * @throws StageFault when what was fetched is none
     */
    static Suite fetched(String name, FetchedSuites.Fetched fetched) {
        if (empty(fetched.directory())) {
            throw new StageFault(
                    Fault.SUITE_MISSING,
                    fetched.origin() + " has no features/ and no program run: name the suite's directory after #");
        }
        return read(name, fetched.directory(), fetched.origin());
    }

    private static boolean empty(Path root) {
        return !Files.isDirectory(root.resolve("features")) && !Files.isRegularFile(root.resolve("run"));
    }

    private static Suite read(String name, Path root, @Nullable String origin) {
        List<SuiteFile> files = files(root);
        return new Suite(name, digest(files), files, origin);
    }

    private static List<SuiteFile> files(Path root) {
        try (Stream<Path> found = Files.walk(root)) {
            return found.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .filter(file -> !file.toString().contains("__pycache__"))
                    .map(file -> new SuiteFile(root.relativize(file).toString(), Files.isExecutable(file), file))
                    .sorted(Comparator.comparing(SuiteFile::path))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the suite in " + root + " cannot be read", e);
        }
    }

    /** Lengths stand before contents, so that no two suites are written the same. */
    private static Digest digest(List<SuiteFile> files) {
        MessageDigest hash = Digest.sha256();
        try (OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), hash)) {
            for (SuiteFile file : files) {
                String head = file.path() + "\0" + (file.executable() ? "755" : "644") + "\0" + Files.size(file.file());
                out.write((head + "\0").getBytes(StandardCharsets.UTF_8));
                try (InputStream content = Files.newInputStream(file.file())) {
                    content.transferTo(out);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a suite changed while it was read", e);
        }
        return Digest.ofHash(hash.digest());
    }
}
