package dev.bootproof.testrunner;

import dev.bootproof.events.Digest;
import dev.bootproof.testrunner.Suite.SuiteFile;
import dev.bootproof.testrunner.tar.Tar;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** One suite beside the guest: its directory on this host, and the process that works there. */
final class BesideFiles {
    private static final String SCRIPT = "run-beside";
    private static final int FILE_LIMIT = 2 << 20;

    private final Path at;

    BesideFiles(Path at) {
        this.at = at;
    }

    /** Whether its process began. */
    boolean begun() {
        return Files.isDirectory(at.resolve("claim"));
    }

    /** Where it keeps what it likes. */
    Path home() {
        return at.resolve("home");
    }

    /** What it is told. */
    Path context() {
        return at.resolve("context.json");
    }

    /** What it leaves behind. */
    Path left() {
        return at.resolve("results");
    }

    /** Lays out what the suite is and is told. */
    void prepare(Suite suite, byte[] context) throws IOException {
        Files.createDirectories(home());
        Files.createDirectories(left());
        Files.write(context(), context);
        Files.writeString(at.resolve("source"), suite.source().value());
        for (SuiteFile file : suite.files()) {
            Path copy = at.resolve("suite").resolve(file.path());
            Files.createDirectories(copy.getParent());
            Files.copy(file.file(), copy, StandardCopyOption.REPLACE_EXISTING);
            String mode = file.executable() ? "rwxr-xr-x" : "rw-r--r--";
            Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString(mode));
        }
        try (InputStream script = BesideFiles.class.getResourceAsStream("/beside/" + SCRIPT)) {
            if (script == null) {
                throw new FileNotFoundException("beside/" + SCRIPT + " is not in this build");
            }
            Files.copy(script, at.resolve(SCRIPT), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /**
     * Starts the process, in a session of its own, and returns when it has begun.
     *
     * @param timeout how long it may take
     * @param name what the janitor knows it by
     * @param environment all that it gets of this one
     */
    void launch(Duration timeout, String name, Map<String, String> environment) throws IOException {
        String script = at.resolve(SCRIPT).toString();
        String seconds = String.valueOf(timeout.toSeconds());
        ProcessBuilder builder = new ProcessBuilder("setsid", "sh", script, at.toString(), seconds, "-name", name)
                .directory(at.toFile())
                .redirectInput(Redirect.from(new File("/dev/null")))
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.to(at.resolve("trouble.txt").toFile()));
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            boolean over = false;
            while (!over && !Files.exists(at.resolve("pid"))) {
                over = process.waitFor(20, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a suite starts", e);
        }
    }

    /** Waits until it is done; one that is not in its time is ended with all that it started. */
    boolean await(Duration limit) {
        Optional<ProcessHandle> process = process();
        if (process.isEmpty()) {
            return true;
        }
        try {
            process.get().onExit().get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            process.get().descendants().forEach(ProcessHandle::destroyForcibly);
            process.get().destroyForcibly();
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("the suite in " + at + " cannot be waited for", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a suite runs", e);
        }
    }

    /** The process that the suite wrote down, while it lives; its number may be somebody else's by now. */
    private Optional<ProcessHandle> process() {
        String pid = text("pid");
        return pid.matches("[0-9]{1,9}")
                ? ProcessHandle.of(Long.parseLong(pid))
                        .filter(ProcessHandle::isAlive)
                        .filter(this::isOurs)
                : Optional.empty();
    }

    private boolean isOurs(ProcessHandle process) {
        return process.info().arguments().map(List::of).orElse(List.of()).contains(at.toString());
    }

    /** How it ended. */
    SuiteEnd end(Duration timeout) {
        String exit = text("exit");
        String source = text("source");
        Duration took = Duration.between(written("pid"), written("ended"));
        String unit = took.compareTo(timeout) < 0 ? "signal" : "timeout";
        return new SuiteEnd(
                exit.isEmpty() ? unit : "success",
                exit.matches("[0-9]{1,3}") ? Integer.valueOf(exit) : null,
                source.isEmpty() ? null : new Digest(source),
                took.isNegative() ? Duration.ZERO : took);
    }

    private Instant written(String name) {
        try {
            return Files.getLastModifiedTime(at.resolve(name)).toInstant();
        } catch (IOException e) {
            return Instant.EPOCH;
        }
    }

    private String text(String name) {
        Path file = at.resolve(name);
        try {
            return Files.exists(file) ? Files.readString(file).strip() : "";
        } catch (IOException e) {
            throw new UncheckedIOException("the suite's " + file + " cannot be read", e);
        }
    }

    /** What the suite left behind, and the end of what it said. */
    Map<String, Content> results() {
        Map<String, Content> files = new TreeMap<>();
        try (Stream<Path> found = Files.walk(left(), 2)) {
            found.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .filter(file -> Tar.isName(left().relativize(file).toString()))
                    .sorted()
                    .limit(Tar.MOST_FILES)
                    .forEach(file -> files.put(left().relativize(file).toString(), content(file)));
            for (String name : List.of("output.txt", "trouble.txt")) {
                if (Files.exists(at.resolve(name)) && Files.size(at.resolve(name)) > 0) {
                    files.put(name, content(at.resolve(name)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("what the suite left in " + at + " cannot be read", e);
        }
        return files;
    }

    private static Content content(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return Content.read(in, FILE_LIMIT);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }
}
