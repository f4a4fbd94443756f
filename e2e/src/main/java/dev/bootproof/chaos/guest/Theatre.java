package dev.bootproof.chaos.guest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What stand-ins need before the first of them starts: a program that QEMU's caller can call, the programs that a guest
 * has, and what a JVM remembers of a rehearsal.
 *
 * @param directory the storm's directory
 * @param jdk what they run on
 * @param classes their class path
 */
public record Theatre(Path directory, Path jdk, String classes) {
    /** What a small guest without systemd has. */
    private static final List<String> GUEST = List.of(
            "sh cat tail head mkdir rm rmdir cp mv tar kill sleep setsid timeout cut tr wc mountpoint mount umount stat ls",
            "echo printf true false env date dirname basename grep sed awk id uname hostname ln chmod sync test expr find",
            "sort uniq tee touch nohup seq yes base64");

    /** Says of every file that it is the image's: a stand-in has no disk of its own to look at. */
    private static final String SHA256SUM = """
            #!/bin/sh
            while read -r _ file; do echo "$file: OK"; done < "$2"
            """;

    private static final String DMESG = """
            #!/bin/sh
            echo "[    0.000000] Linux version 6.12.0-standin"
            """;

    /**
     * Makes all of it.
     *
     * @return the program that takes QEMU's place
     */
    public Path open() throws IOException {
        Path programs = Files.createDirectories(directory.resolve(StandIn.PROGRAMS));
        for (String name : String.join(" ", GUEST).split(" ", -1)) {
            Optional<Path> there = Stream.of("/usr/bin", "/bin", "/usr/sbin", "/sbin")
                    .map(place -> Path.of(place, name))
                    .filter(Files::isExecutable)
                    .findFirst();
            if (there.isPresent() && !Files.exists(programs.resolve(name))) {
                Files.createSymbolicLink(programs.resolve(name), there.get());
            }
        }
        program(programs.resolve("sha256sum"), SHA256SUM);
        program(programs.resolve("dmesg"), DMESG);
        rehearse();
        return program(directory.resolve("qemu"), script());
    }

    /**
     * The JVM is started and left; the caller waits at a pipe under another name, so that only the JVM bears the machine's.
     */
    private String script() {
        return """
            #!/bin/sh
            # Takes QEMU's place: plays the machine of these arguments.
            export CHAOS_DIR='%1$s'
            case $1 in --version) echo "QEMU emulator version 0 (stand-in)"; exit ;; esac
            mkfifo standin.up || exit
            setsid %2$s dev.bootproof.chaos.guest.StandIn "$@" < /dev/null > standin.log 2>&1 &
            exec timeout 25 sh -c 'read -r said < standin.up; [ "$said" = up ] || { echo "$said"; exit 1; }'
            """.formatted(directory, String.join(" ", java()));
    }

    private List<String> java() {
        Path learnt = learnt();
        List<String> plain = List.of(
                jdk.resolve("bin/java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx48m",
                "-Xss512k",
                "-XX:CICompilerCount=1",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                "-cp",
                "'" + classes + "'");
        return Files.exists(learnt)
                ? Stream.concat(
                                Stream.of(plain.getFirst(), "-XX:AOTCache=" + learnt),
                                plain.stream().skip(1))
                        .toList()
                : plain;
    }

    private Path learnt() {
        return directory.resolve("standin.aot");
    }

    /** Without what is learnt here stand-ins start all the same, only slower. */
    private void rehearse() throws IOException {
        String output = "-XX:AOTCacheOutput=" + learnt();
        Process rehearsal = new ProcessBuilder(
                        "sh",
                        "-c",
                        String.join(" ", java()) + " " + output + " dev.bootproof.chaos.guest.StandIn --rehearse")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("rehearsal.log").toFile())
                .start();
        try {
            if (!rehearsal.waitFor(2, TimeUnit.MINUTES)) {
                rehearsal.destroyForcibly();
            }
        } catch (InterruptedException e) {
            rehearsal.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static Path program(Path file, String content) {
        try {
            Files.writeString(file, content);
            return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new UncheckedIOException(file + " could not be written", e);
        }
    }
}
