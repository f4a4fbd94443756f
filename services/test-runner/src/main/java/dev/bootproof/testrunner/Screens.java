package dev.bootproof.testrunner;

import dev.bootproof.testrunner.Command.Listener;
import io.quarkus.logging.Log;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Takes a picture of the screen when a suite in the guest asks for one, and tells it that it may go on. The pictures lie
 * in the run's directory until its phase is kept: at most 200 of a phase, and at most 32 MiB.
 *
 * <p>Failure: a request that a killed runner did not answer is heard again; the suite waits 10 seconds at most.
 */
final class Screens {
    private static final Pattern REQUEST = Pattern.compile("screenshot ([1-9][0-9]{0,2}) ([A-Za-z0-9-]{1,60})");
    private static final Pattern PICTURE = Pattern.compile("[0-9]{2,3}-[A-Za-z0-9-]{1,60}\\.png");
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final int TOO_LATE = 3;
    private static final int MOST = 200;
    private static final long MOST_BYTES = 32L << 20;

    private final Machine machine;
    private final Path directory;

    /**
     * @param machine whose screen it is
     * @param directory where pictures of this phase lie, each suite's in its own
     */
    Screens(Machine machine, Path directory) {
        this.machine = machine;
        this.directory = directory;
    }

    /** Answers this suite's requests. */
    Listener of(String suite) {
        return (line, here) -> {
            Matcher request = REQUEST.matcher(line);
            if (request.matches()) {
                answer(suite, Integer.parseInt(request.group(1)), request.group(2), here);
            }
        };
    }

    /** Where a picture of a suite lies, by its file name; nothing when that is no name of a picture. */
    Optional<Path> place(String suite, String file) {
        return PICTURE.matcher(file).matches()
                ? Optional.of(directory.resolve(suite).resolve(file))
                : Optional.empty();
    }

    /** The pictures of a suite by their names in the evidence, those of a repeated attempt in its directory. */
    SortedMap<String, Path> pictures(String suite) {
        SortedMap<String, Path> pictures = new TreeMap<>();
        for (Path attempt : below(directory)) {
            String name = String.valueOf(attempt.getFileName());
            if (name.equals(suite) || name.startsWith(suite + ".")) {
                String shown = "suites/" + name.replace(".", "/attempt-") + "/screenshots/";
                below(attempt).stream()
                        .filter(file -> PICTURE.matcher(String.valueOf(file.getFileName()))
                                .matches())
                        .forEach(file -> pictures.put(shown + file.getFileName(), file));
            }
        }
        return pictures;
    }

    private void answer(String suite, int number, String name, Guest here) {
        Path file = directory.resolve(suite).resolve("%02d-%s.png".formatted(number, name));
        boolean there = Files.exists(file) || take(file);
        String said = GuestScripts.line("screenshot-taken", suite, String.valueOf(number), there ? "picture" : "none");
        try {
            if (here.run(new Command(said, SOON)).exit() == TOO_LATE) {
                Files.deleteIfExists(file);
            }
        } catch (CommandTooSlow e) {
            Log.infof("a suite was not told of its screenshot: %s", e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("the picture " + file + " came too late and cannot be removed", e);
        }
    }

    private boolean take(Path file) {
        if (full()) {
            Log.infof("no more screenshots of this phase: %d pictures or %d MiB are there", MOST, MOST_BYTES >> 20);
            return false;
        }
        return machine.screenshot().map(picture -> write(file, picture)).orElse(false);
    }

    private static boolean write(Path file, Content picture) {
        try {
            Files.createDirectories(file.getParent());
            Path begun = file.resolveSibling(file.getFileName() + ".new");
            Files.copy(picture.stream(), begun, StandardCopyOption.REPLACE_EXISTING);
            Files.move(begun, file, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException("a screenshot cannot be written to " + file, e);
        }
    }

    private boolean full() {
        int count = 0;
        long bytes = 0;
        for (Path suite : below(directory)) {
            for (Path file : below(suite)) {
                count++;
                bytes += file.toFile().length();
            }
        }
        return count >= MOST || bytes >= MOST_BYTES;
    }

    private static List<Path> below(Path parent) {
        if (!Files.isDirectory(parent)) {
            return List.of();
        }
        try (Stream<Path> found = Files.list(parent)) {
            return found.toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the screenshots in " + parent + " cannot be listed", e);
        }
    }
}
