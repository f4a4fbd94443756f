package dev.bootproof.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** The suites of the tests' lab: those that people get, and those of {@code e2e/suites}. */
final class SuiteShelf {
    private final Path directory;

    SuiteShelf(Path checkout, Path directory) {
        this.directory = directory;
        copy(checkout.resolve("suites"), directory);
        copy(checkout.resolve("e2e/suites"), directory);
    }

    Path directory() {
        return directory;
    }

    /** The same suite once more under other names; by which name it was called, it can tell by its directory. */
    void alias(String suite, List<String> names) {
        names.forEach(name -> copy(directory.resolve(suite), directory.resolve(name)));
    }

    private static void copy(Path from, Path to) {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                place(path, to.resolve(from.relativize(path)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void place(Path from, Path to) throws IOException {
        if (!Files.isDirectory(from)) {
            Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
            return;
        }
        try {
            Files.createDirectory(to);
        } catch (FileAlreadyExistsException e) {
            return;
        }
    }
}
