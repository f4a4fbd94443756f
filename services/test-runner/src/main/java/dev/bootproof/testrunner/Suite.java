package dev.bootproof.testrunner;

import dev.bootproof.events.Digest;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A suite as it lies here, to be sent into a guest.
 *
 * @param name the suite
 * @param source what exactly it is: the digest over its files' paths, modes and content
 * @param files its files, sorted by path
 * @param origin where it came from, pinned; null for the lab's own
 */
record Suite(
        String name,
        Digest source,
        List<SuiteFile> files,
        @Nullable String origin) {
    Suite {
        files = List.copyOf(files);
    }

    /** A suite of the lab's own. */
    Suite(String name, Digest source, List<SuiteFile> files) {
        this(name, source, files, null);
    }

    /** The same for another attempt, by a name that no suite has. */
    Suite attempt(int number) {
        return new Suite(name + "." + number, source, files, origin);
    }

    /** Whether it is a program of its own; else it is features for behave. */
    boolean program() {
        return files.stream().anyMatch(file -> file.path().equals("run"));
    }

    /**
     * A file of a suite.
     *
     * @param path where it belongs, relative to the suite
     * @param executable whether it is a program
     * @param file where it lies here
     */
    record SuiteFile(String path, boolean executable, Path file) {}
}
