package dev.bootproof.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;

/** The catalog of the tests' lab: the one that people start with, and the plans that tests add while it runs. */
final class Catalogue {
    private final Path file;
    private final String base;
    private final Map<String, String> plans = new TreeMap<>();
    private final Map<String, String> streams = new TreeMap<>();
    private final Map<String, String> sections = new TreeMap<>();

    /**
     * @param base the catalog to start with
     * @param file where the lab reads it
     */
    Catalogue(Path base, Path file) {
        this.file = file;
        try {
            this.base = Files.readString(base);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        write();
    }

    /**
     * Adds a plan, or writes another in its place. The services read the file at the next event.
     *
     * @param name its name
     * @param yaml what stands below it, not indented
     */
    synchronized void plan(String name, String yaml) {
        plans.put(name, yaml.indent(4));
        write();
    }

    /**
     * Adds a stream.
     *
     * @param image its image
     * @param yaml what stands beside the image, not indented
     */
    synchronized void stream(String image, String yaml) {
        streams.put(image, yaml.indent(4));
        write();
    }

    /** Adds a section that the catalog does not have, or writes another in its place. */
    synchronized void section(String name, String yaml) {
        sections.put(name, yaml.indent(2));
        write();
    }

    private void write() {
        StringBuilder own = new StringBuilder("plans:\n");
        plans.forEach(
                (name, yaml) -> own.append("  ").append(name).append(":\n").append(yaml));
        StringBuilder watched = new StringBuilder("streams:\n");
        streams.forEach((image, yaml) ->
                watched.append("  - image: ").append(image).append("\n").append(yaml));
        StringBuilder rest = new StringBuilder();
        sections.forEach((name, yaml) -> rest.append(name).append(":\n").append(yaml));
        try {
            String text = base.replace("\nplans:\n", "\n" + own).replace("\nstreams:\n", "\n" + watched) + "\n" + rest;
            Path next = Files.writeString(file.resolveSibling("catalog.yaml.next"), text);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
