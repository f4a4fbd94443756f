package dev.bootproof.vmprovisioner.qemu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The TPM 2.0 of a machine: a process of its own that ends when QEMU closes the line between them. What it keeps lasts
 * from phase to phase. It is told from other processes by the directory of its state.
 *
 * @see <a href="https://github.com/stefanberger/swtpm/blob/master/man/man8/swtpm.pod">swtpm(8)</a>
 * @param directory the directory of the machine's phase
 */
record Swtpm(Path directory) implements Part {
    /** The directory of a machine's TPM. */
    static final String STATE = "tpm";

    private static final String MEMORY = "tpm2-00.permall";
    private static final String SOCKET = "tpm.sock";
    private static final Duration TO_START = Duration.ofSeconds(20);

    @Override
    public List<String> arguments() {
        return Part.words("-chardev socket,id=tpm,path=" + SOCKET
                + " -tpmdev emulator,id=tpm,chardev=tpm -device tpm-crb,tpmdev=tpm");
    }

    /** Lays out what the TPM of an earlier phase kept. */
    void prepare(EarlierPhases earlier) throws IOException {
        Path state = Files.createDirectories(state());
        Optional<Path> kept = earlier.latest(STATE + "/" + MEMORY);
        if (kept.isPresent()) {
            Files.copy(kept.get(), state.resolve(MEMORY), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /**
     * Starts it; one that an earlier try left is ended first. The socket is named relative to the working directory,
     * because a socket's path may be 107 bytes long at most.
     *
     * @throws CannotStart naming the package that is missing, or with what it said
     */
    void start() {
        Processes.killTpm(state());
        List<String> command = List.of(
                "swtpm",
                "socket",
                "--tpm2",
                "--tpmstate",
                "dir=" + state() + ",mode=0600",
                "--ctrl",
                "type=unixio,path=" + SOCKET + ",mode=0600",
                "--terminate",
                "--daemon");
        Tool started = Tool.run(directory, TO_START, command);
        if (!started.ok()) {
            throw CannotStart.because("the machine's TPM did not start", started, "swtpm", "swtpm");
        }
    }

    private Path state() {
        return directory.resolve(STATE);
    }
}
