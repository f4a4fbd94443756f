package dev.bootproof.testrunner;

import dev.bootproof.events.Digest;
import java.nio.file.Path;
import java.util.List;

/**
 * A suite as it lies here, to be sent into a guest.
 *
 * @param name the suite
 * @param source what exactly it is: the digest over its files' paths, modes and content
 * @param files its files, sorted by path
 */
record Suite(String name, Digest source, List<SuiteFile> files) {
    Suite {
        files = List.copyOf(files);
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
