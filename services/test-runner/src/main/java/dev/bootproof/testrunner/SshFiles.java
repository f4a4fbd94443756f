package dev.bootproof.testrunner;

import dev.bootproof.events.Ed25519Keys;
import dev.bootproof.events.SshAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

/**
 * What OpenSSH's programs need to enter the guest of a run: {@code ssh -F config guest}. They lie in a directory that
 * only this user may read, while a suite beside the guest runs.
 */
final class SshFiles {
    private static final List<String> NAMES = List.of("config", "key", "known_hosts");

    private final Ed25519Keys user;
    private final Ed25519Keys host;
    private final SshAddress address;
    private final Path directory;

    /**
     * @param user the key that the lab logs in with
     * @param host the key that the guest shows
     * @param address where it answers
     * @param directory where the files are to lie
     */
    SshFiles(Ed25519Keys user, Ed25519Keys host, SshAddress address, Path directory) {
        this.user = user;
        this.host = host;
        this.address = address;
        this.directory = directory;
    }

    /** Writes the files and says what a suite is told of them. */
    Map<String, String> write() {
        try {
            Files.createDirectories(directory);
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
            write("key", user.privateFile("bootproof"));
            write("known_hosts", "bootproof-guest " + host.publicLine("") + "\n");
            write("config", config());
        } catch (IOException e) {
            throw new UncheckedIOException("the way into the guest cannot be written to " + directory, e);
        }
        return Map.of(
                "BOOTPROOF_SSH_CONFIG", directory.resolve("config").toString(),
                "BOOTPROOF_SSH_HOST", address.host(),
                "BOOTPROOF_SSH_PORT", String.valueOf(address.port()),
                "BOOTPROOF_SSH_USER", address.user());
    }

    /** Removes them, where they are. */
    void remove() {
        try {
            for (String name : NAMES) {
                Files.deleteIfExists(directory.resolve(name));
            }
            Files.deleteIfExists(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("the way into the guest cannot be removed from " + directory, e);
        }
    }

    /** Key exchange that an emulated guest can afford comes first. */
    private String config() {
        return """
                Host guest
                  HostName %s
                  Port %d
                  User %s
                  IdentityFile "%s"
                  IdentitiesOnly yes
                  HostKeyAlias bootproof-guest
                  UserKnownHostsFile "%s"
                  GlobalKnownHostsFile /dev/null
                  StrictHostKeyChecking yes
                  KexAlgorithms ^curve25519-sha256
                  BatchMode yes
                  ConnectTimeout 30
                """.formatted(
                        address.host(),
                        address.port(),
                        address.user(),
                        directory.resolve("key"),
                        directory.resolve("known_hosts"));
    }

    private void write(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, text);
    }
}
