package dev.bootproof.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Takes a lab down: services first, so that none takes the end of the others for a fault, then machines, then what
 * they stood on.
 *
 * @param lab the lab
 * @param terminal where it tells
 */
record Down(Lab lab, Terminal terminal) {
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final long MEBI = 1 << 20;

    /** Stops these parts and nothing else. */
    void stop(Set<Part> parts) {
        if (!lab.home().isLab()) {
            return;
        }
        try (LabLock _ = LabLock.take(lab.home().lockFile())) {
            Together.run(parts.stream()
                    .filter(Part::service)
                    .map(part -> (Runnable) () -> stop(part))
                    .toList());
            if (parts.containsAll(List.of(Part.values()))) {
                machines();
            }
            Together.run(parts.stream()
                    .filter(part -> !part.service())
                    .map(part -> (Runnable) () -> stop(part))
                    .toList());
        }
    }

    private void stop(Part part) {
        lab.state().running(part).ifPresent(running -> {
            running.process().end(GRACE);
            terminal.line("  stopped " + part.word());
        });
        lab.file().update(state -> state.without(part));
    }

    private void machines() {
        List<OsProcess> machines = new Machines(lab.home()).running();
        if (!machines.isEmpty()) {
            Together.run(machines.stream()
                    .map(machine -> (Runnable) () -> machine.end(GRACE))
                    .toList());
            terminal.line("  stopped " + machines.size() + " virtual machine(s)");
        }
    }

    /**
     * Removes the directory of a lab that is down, after saying what is in it.
     *
     * @throws Trouble where it is no lab's directory, or something in it cannot be removed
     */
    void wipe() {
        Path directory = lab.home().directory();
        if (!lab.home().exists()) {
            terminal.line("there is nothing at " + directory);
            return;
        }
        if (!lab.home().isLab()) {
            throw Trouble.usage(directory + " is no lab: it has no lab.json", "nothing was removed");
        }
        try (Stream<Path> entries = Files.list(directory)) {
            entries.filter(Files::isDirectory).sorted().forEach(this::tell);
            remove(directory);
        } catch (IOException e) {
            throw Trouble.lab("not all of " + directory + " could be removed: " + e.getMessage(), "remove it as root");
        }
        terminal.line("removed " + directory);
    }

    private void tell(Path directory) {
        terminal.line("  %-10s %6d MiB".formatted(directory.getFileName(), Home.bytesBelow(directory) / MEBI));
    }

    private static void remove(Path directory) throws IOException {
        List<Path> all;
        try (Stream<Path> walk = Files.walk(directory)) {
            all = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.deleteIfExists(path);
        }
    }
}
