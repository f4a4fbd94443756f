package dev.bootproof.local;

import dev.bootproof.events.DerivedKeys;
import dev.bootproof.events.RunId;
import dev.bootproof.events.SshAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A login to a machine by the system's {@code ssh}, with the keys that derive from the lab's secret. Failure: the key
 * lies in a directory of its own, for its owner alone, and goes with the session, however that ends.
 *
 * @param lab the lab
 * @param run the run
 * @param address where its machine answers
 */
record SshSession(Lab lab, RunId run, SshAddress address) {
    private static final List<String> SETTINGS = List.of(
            "IdentitiesOnly=yes",
            "IdentityAgent=none",
            "StrictHostKeyChecking=yes",
            "HostKeyAlgorithms=ssh-ed25519",
            "GlobalKnownHostsFile=/dev/null",
            "UpdateHostKeys=no",
            "ConnectTimeout=30",
            "LogLevel=ERROR");

    /** Runs the command in the machine, or a shell, and says how {@code ssh} ended. */
    int run(List<String> command) {
        Path directory = prepare();
        Thread cleanup = new Thread(() -> remove(directory));
        Runtime.getRuntime().addShutdownHook(cleanup);
        try {
            return new ProcessBuilder(arguments(directory, command))
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw Trouble.lab(
                    "ssh could not be started: " + e.getMessage(), "install it: apt-get install openssh-client");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Trouble.lab("interrupted", "the machine goes on");
        } finally {
            remove(directory);
            Runtime.getRuntime().removeShutdownHook(cleanup);
        }
    }

    /** Makes the directory, which only its owner can enter, with the key and the one host key that is right. */
    Path prepare() {
        try {
            DerivedKeys keys =
                    new DerivedKeys(Files.readAllBytes(lab.home().lab().secret()));
            Path directory = Files.createTempDirectory("bootproof-ssh-");
            Secrets.write(directory.resolve("key"), keys.user(run).privateFile("bootproof"));
            Secrets.write(
                    directory.resolve("known_hosts"), run + " " + keys.host(run).publicLine("bootproof") + "\n");
            return directory;
        } catch (IOException e) {
            throw Trouble.lab("the run's key could not be made: " + e.getMessage(), "is this lab yours?");
        }
    }

    List<String> arguments(Path directory, List<String> command) {
        List<String> arguments = new ArrayList<>(List.of("ssh", "-F", "none"));
        SETTINGS.forEach(setting -> arguments.addAll(List.of("-o", setting)));
        arguments.addAll(List.of("-o", "UserKnownHostsFile=" + directory.resolve("known_hosts")));
        arguments.addAll(List.of("-o", "HostKeyAlias=" + run));
        arguments.addAll(List.of("-i", directory.resolve("key").toString()));
        arguments.addAll(List.of("-p", String.valueOf(address.port()), "-l", address.user(), address.host()));
        arguments.addAll(command);
        return arguments;
    }

    static void remove(Path directory) {
        try {
            Files.deleteIfExists(directory.resolve("key"));
            Files.deleteIfExists(directory.resolve("known_hosts"));
            Files.deleteIfExists(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(directory + " holds the key of a run and could not be removed", e);
        }
    }
}
