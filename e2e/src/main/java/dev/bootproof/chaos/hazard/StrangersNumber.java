package dev.bootproof.chaos.hazard;

import dev.bootproof.chaos.ChaosLab;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * A machine dies while nobody looks, and its number is given to a process that is nobody's business: what is written in
 * {@code qemu.pid} names a stranger when the vm-provisioner is started again. Mended by starting it; that the stranger
 * was left alone is looked at before the stranger ends.
 */
record StrangersNumber() implements Hazard {
    private static final String PART = "vm-provisioner";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    @Override
    public String name() {
        return "strangers-number";
    }

    @Override
    public String description() {
        return "a machine dies and its pid file names a stranger when the vm-provisioner starts again";
    }

    @Override
    public Mending strike(ChaosLab lab, RandomGenerator random) throws IOException {
        List<Path> files = awaitMachines(lab.home().resolve("runs"));
        Path file = Services.any(files, random);
        Optional<ProcessHandle> machine = machine(file);
        lab.kill(PART);
        machine.ifPresent(ProcessHandle::destroyForcibly);
        Process stranger = new ProcessBuilder("sleep", "3600").start();
        write(file, stranger.pid());
        return () -> {
            lab.start(PART);
            boolean unharmed = stranger.isAlive();
            stranger.destroyForcibly();
            if (!unharmed) {
                throw new IOException("process " + stranger.pid() + " was ended for a machine's number in " + file);
            }
        };
    }

    private static List<Path> awaitMachines(Path runs) throws IOException {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        List<Path> files = pidFiles(runs);
        while (files.isEmpty() && System.nanoTime() < giveUp) {
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
            files = pidFiles(runs);
        }
        if (files.isEmpty()) {
            throw new IOException("no machine ran that could die within " + PATIENCE);
        }
        return files;
    }

    private static List<Path> pidFiles(Path runs) throws IOException {
        if (!Files.isDirectory(runs)) {
            return List.of();
        }
        try (Stream<Path> files = Files.find(runs, 3, (path, _) -> path.endsWith("qemu.pid"))) {
            return files.sorted().toList();
        } catch (UncheckedIOException e) {
            return List.of();
        }
    }

    /** Only a process that is this machine by its name: the number may have been given away already. */
    private static Optional<ProcessHandle> machine(Path file) throws IOException {
        String run = String.valueOf(file.getName(file.getNameCount() - 3));
        try {
            long pid = Long.parseLong(Files.readString(file).strip());
            String arguments = Files.readString(Path.of("/proc", String.valueOf(pid), "cmdline"));
            return ProcessHandle.of(pid).filter(_ -> arguments.contains("bootproof-" + run));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static void write(Path file, long pid) throws IOException {
        try {
            Files.writeString(file, pid + "\n");
        } catch (NoSuchFileException e) {
            return;
        }
    }
}
