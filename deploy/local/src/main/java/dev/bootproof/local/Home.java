package dev.bootproof.local;

import dev.bootproof.events.LocalLab;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The lab's state directory, and where the launcher keeps its own things in it.
 *
 * @param directory absolute path
 */
record Home(Path directory) {
    /**
     * A socket's path has at most 107 bytes, and below the home come {@code /runs/}, a run of up to 40 characters,
     * a phase and the socket's name.
     */
    static final int LONGEST = 45;

    private static final Set<PosixFilePermission> MINE = PosixFilePermissions.fromString("rwx------");
    private static final List<String> DIRECTORIES =
            List.of("logs", "run", "tools", "registry", "kafka", "runs", "secrets");

    /** What may be there before the lab is: whatever else a directory holds, it is not for the lab to remove. */
    private static final List<String> PREPARED = List.of(
            "catalog.yaml",
            "attestation.key.lock",
            "disks",
            "work",
            "demo-os",
            "downloads",
            "lab.lock",
            "lab.secret",
            "hooks.secret",
            "attestation.key",
            "attestation.pub");

    /** The home that this environment names: {@code BOOTPROOF_HOME}, else the user's data directory. */
    static Home of(Map<String, String> environment) {
        String named = environment.getOrDefault("BOOTPROOF_HOME", "");
        if (!named.isEmpty()) {
            return new Home(Path.of(named).toAbsolutePath().normalize());
        }
        String data = environment.getOrDefault("XDG_DATA_HOME", "");
        Path base = data.isEmpty() ? Path.of(System.getProperty("user.home"), ".local", "share") : Path.of(data);
        return new Home(base.resolve("bootproof").toAbsolutePath().normalize());
    }

    /**
     * Makes the directories, readable by their owner alone.
     *
     * @throws Trouble where the path is too long for sockets, or cannot be made
     */
    void prepare() {
        if (directory.toString().length() > LONGEST) {
            throw Trouble.usage(
                    directory + " is too long a path: sockets of machines lie below it and it may have " + LONGEST
                            + " characters",
                    "set BOOTPROOF_HOME to a shorter one, as in BOOTPROOF_HOME=/var/tmp/bootproof");
        }
        try {
            refuseForeign();
            if (!Files.isDirectory(directory)) {
                Files.createDirectories(directory);
                Files.setPosixFilePermissions(directory, MINE);
            }
            for (String name : DIRECTORIES) {
                Files.createDirectories(directory.resolve(name));
            }
            Files.setPosixFilePermissions(secrets(), MINE);
        } catch (IOException e) {
            throw Trouble.usage(
                    "the lab's directory cannot be made: " + e.getMessage(), "set BOOTPROOF_HOME to one that can");
        }
    }

    private void refuseForeign() throws IOException {
        if (!exists() || isLab()) {
            return;
        }
        try (Stream<Path> entries = Files.list(directory)) {
            entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> !DIRECTORIES.contains(name) && !PREPARED.contains(name))
                    .findFirst()
                    .ifPresent(name -> {
                        throw Trouble.usage(
                                directory + " is no lab and holds other things, such as " + name,
                                "set BOOTPROOF_HOME to a directory that is the lab's alone");
                    });
        }
    }

    boolean exists() {
        return Files.isDirectory(directory);
    }

    /** Whether there is a lab, running or not. */
    boolean isLab() {
        return Files.exists(stateFile());
    }

    Path stateFile() {
        return directory.resolve("lab.json");
    }

    Path lockFile() {
        return directory.resolve("lab.lock");
    }

    Path log(Part part) {
        return directory.resolve("logs").resolve(part.word() + ".log");
    }

    /** The log of the start before the last. */
    Path earlierLog(Part part) {
        return Detached.earlier(log(part));
    }

    /** Configuration that the launcher writes for this part. */
    Path configuration(String name) {
        return directory.resolve("run").resolve(name);
    }

    Path toolsDisk() {
        return directory.resolve("tools").resolve("tools.img");
    }

    Path registryStorage() {
        return directory.resolve("registry");
    }

    Path brokerLogs() {
        return directory.resolve("kafka");
    }

    Path hooksSecret() {
        return directory.resolve("hooks.secret");
    }

    /** Tokens and keys that a catalog names, a file for each. */
    Path secrets() {
        return directory.resolve("secrets");
    }

    Path demoImages() {
        return directory.resolve("demo-os");
    }

    LocalLab lab() {
        return new LocalLab(directory);
    }

    /** How many bytes lie below a directory; what vanishes meanwhile counts nothing. */
    static long bytesBelow(Path directory) {
        try (var files = Files.walk(directory)) {
            return files.map(Path::toFile)
                    .filter(File::isFile)
                    .mapToLong(File::length)
                    .sum();
        } catch (IOException | UncheckedIOException e) {
            return 0;
        }
    }
}
