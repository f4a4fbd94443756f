package dev.bootproof.attestation;

import dev.bootproof.registry.Artifact;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Bytes as files for as long as they are pushed. */
final class Scratch {
    private Scratch() {}

    /** A file to be. */
    @SuppressWarnings("ArrayRecordComponent")
    record Content(String name, String mediaType, byte[] bytes, Map<String, String> annotations) {}

    /**
     * Does something with these files, which are gone afterwards.
     *
     * @throws UncheckedIOException where there is no room for them
     */
    static <T> T with(List<Content> contents, Function<List<Artifact.File>, T> use) {
        List<Artifact.File> files = new ArrayList<>();
        try {
            for (Content content : contents) {
                Path file = Files.createTempFile("bootproof-attestation", "");
                files.add(new Artifact.File(content.name(), content.mediaType(), file, content.annotations()));
                Files.write(file, content.bytes());
            }
            return use.apply(files);
        } catch (IOException e) {
            throw new UncheckedIOException("no room for a temporary file", e);
        } finally {
            files.forEach(file -> delete(file.path()));
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
