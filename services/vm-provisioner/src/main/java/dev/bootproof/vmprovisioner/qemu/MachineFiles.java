package dev.bootproof.vmprovisioner.qemu;

import dev.bootproof.events.EventJson;
import dev.bootproof.events.MalformedEvent;
import dev.bootproof.vmprovisioner.Order;
import dev.bootproof.vmprovisioner.Story;
import io.quarkus.logging.Log;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files of a machine, all in the directory of its phase.
 *
 * @param directory the directory
 */
record MachineFiles(Path directory) {
    /** The clone of a disk holds the host key as soon as the guest has written it there. */
    private static final FileAttribute<?> OURS_ALONE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    /**
     * What a machine was made as.
     *
     * @param order what was wanted
     * @param port where its SSH server is to answer on this host
     * @param startedAt when it was started
     */
    record Made(Order order, int port, Instant startedAt) {
        Made {
            Objects.requireNonNull(order, "a machine has an order");
        }
    }

    /**
     * What has become of it.
     *
     * @param story what it has gone through
     * @param consoleRead how many bytes of its console are in the story
     */
    record Known(Story story, long consoleRead) {}

    Path console() {
        return directory.resolve("console.log");
    }

    Path socket() {
        return directory.resolve("qmp.sock");
    }

    Path agent() {
        return directory.resolve("agent.sock");
    }

    Path tpm() {
        return directory.resolve(Swtpm.STATE);
    }

    Path pid() {
        return directory.resolve("qemu.pid");
    }

    Path screenshot() {
        return directory.resolve("screenshot.png");
    }

    Optional<Made> made() {
        return read("machine.json", Made.class);
    }

    void write(Made made) {
        write("machine.json", made);
    }

    Optional<Known> known() {
        return read("state.json", Known.class);
    }

    void write(Known known) {
        write("state.json", known);
    }

    /** The story of the machine as it was when it was saved. */
    Optional<Story> saved() {
        return read("saved.json", Story.class);
    }

    void writeSaved(Story story) {
        write("saved.json", story);
    }

    /** Makes the directory anew; the console of an earlier boot is kept beside. */
    void renew(int attempt) throws IOException {
        Path previous = directory.resolve("console-before-" + attempt + ".log");
        Files.createDirectories(directory, OURS_ALONE);
        if (Files.exists(console())) {
            Files.move(console(), previous, StandardCopyOption.REPLACE_EXISTING);
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(this::isOfOneBoot)
                    .sorted(Comparator.reverseOrder())
                    .toList()) {
                Files.delete(file);
            }
        }
    }

    private boolean isOfOneBoot(Path file) {
        return !file.equals(directory) && !file.toString().endsWith(".log");
    }

    private <T> Optional<T> read(String name, Class<T> type) {
        try {
            return Optional.of(EventJson.read(Files.readAllBytes(directory.resolve(name)), type));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (MalformedEvent e) {
            Log.warnf("%s in %s is not ours: %s", name, directory, e.getMessage());
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(name + " in " + directory + " cannot be read", e);
        }
    }

    /** Whole or not at all; a directory that the janitor has removed stays removed. */
    private void write(String name, Object content) {
        Path draft = directory.resolve(name + ".new");
        try {
            Files.write(draft, EventJson.write(content));
            Files.move(draft, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException e) {
            Log.debugf("%s is gone, nothing is written there", directory);
        } catch (IOException e) {
            throw new UncheckedIOException(name + " in " + directory + " cannot be written", e);
        }
    }
}
