package dev.bootproof.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bootproof.e2e.Command.Outcome;
import dev.bootproof.events.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What scripts make for the tests, kept for the next time until the scripts change: {@code ~/.cache/bootproof/e2e}.
 *
 * @param directory where it is kept
 */
record Cache(Path directory) {
    private static final Duration LIMIT = Duration.ofMinutes(15);

    /** The cache of this user. */
    static Cache ofThisUser() {
        String named = System.getenv().getOrDefault("XDG_CACHE_HOME", "");
        Path caches = named.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(named);
        return new Cache(caches.resolve("bootproof/e2e"));
    }

    /**
     * The directory that {@code script --out DIRECTORY} makes, made now if the sources have changed.
     *
     * @param name what it is called
     * @param script what makes it
     * @param sources files and directories that it is made of, the script's own among them
     * @param arguments further arguments of the script
     */
    Path made(String name, Path script, List<Path> sources, List<String> arguments) {
        Path made = directory.resolve(name + "-" + fingerprint(sources));
        if (Files.exists(made)) {
            return made;
        }
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        long began = System.nanoTime();
        List<String> command = new ArrayList<>(List.of(script.toString(), "--out", made.toString()));
        command.addAll(arguments);
        Outcome outcome = new Command(command, Map.of(), "").run(LIMIT);
        assertThat(outcome.exit()).as(outcome.toString()).isZero();
        System.out.printf("%s made in %d s%n", name, (System.nanoTime() - began) / 1_000_000_000);
        return made;
    }

    private static String fingerprint(List<Path> sources) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Path source : sources) {
            try (Stream<Path> files = Files.walk(source)) {
                for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                    all.writeBytes((source.relativize(file) + "\n").getBytes(StandardCharsets.UTF_8));
                    all.writeBytes(Files.readAllBytes(file));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return Digest.of(all.toByteArray()).hex().substring(0, 16);
    }
}
