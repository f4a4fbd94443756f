package dev.bootproof.local;

import dev.bootproof.events.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;

/** Tells whether a part that runs is still the part that would be started now. */
final class Fingerprint {
    private Fingerprint() {}

    /** Of a command with its environment, and of the files of our own that it runs from. */
    static String of(Detached detached, List<Path> files) {
        MessageDigest all = Digest.sha256();
        all.update((detached.command() + "\n" + detached.environment()).getBytes(StandardCharsets.UTF_8));
        files.stream().sorted().forEach(file -> all.update(content(file)));
        return Digest.ofHash(all.digest()).abbreviated();
    }

    /** The files of a Quarkus application that change when our code does. */
    static List<Path> ours(Path application) {
        try (var files = Files.walk(application)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.startsWith(application.resolve("app"))
                            || file.startsWith(application.resolve("quarkus"))
                            || file.getFileName().toString().startsWith("dev.bootproof."))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(application + " could not be read", e);
        }
    }

    private static byte[] content(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " could not be read", e);
        }
    }
}
