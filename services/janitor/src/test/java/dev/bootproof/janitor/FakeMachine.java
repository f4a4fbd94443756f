package dev.bootproof.janitor;

import dev.bootproof.events.Names;
import dev.bootproof.events.RunId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** A process that looks like a machine in the process table and does nothing. */
public final class FakeMachine implements AutoCloseable {
    private final Process process;

    /** A machine of this run whose files are below this home. */
    public FakeMachine(RunId run, Path home) {
        String files = "file:" + home.resolve("runs").resolve(run.value()) + "/p0/serial.log";
        String disk = "file=" + home.resolve("runs").resolve(run.value()) + "/p0/disk.qcow2,if=virtio";
        try {
            process = new ProcessBuilder(
                            "sh", "-c", "read x", "qemu", "-name", Names.machine(run, 0), "-drive", disk, files)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether it still runs. */
    public boolean runs() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
