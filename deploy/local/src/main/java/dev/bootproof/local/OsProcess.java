package dev.bootproof.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A process of this machine, told from any other that ever had or will have its number.
 *
 * @param pid its number
 * @param born the boot of the machine and the tick in which it started
 */
record OsProcess(long pid, String born) {
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
    private static final int STATE = 0;
    private static final int START_TICKS = 19;

    /** The process that has this number now, unless it is dead and only not yet buried. */
    static Optional<OsProcess> of(long pid) {
        try {
            String line = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
            String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
            boolean buried = fields[STATE].equals("Z") && threads(pid) <= 1;
            if (buried || fields[STATE].equals("X")) {
                return Optional.empty();
            }
            return Optional.of(new OsProcess(pid, Files.readString(BOOT).strip() + ":" + fields[START_TICKS]));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The first thread may be dead while others of the process still end. */
    private static long threads(long pid) throws IOException {
        try (Stream<Path> tasks = Files.list(Path.of("/proc", String.valueOf(pid), "task"))) {
            return tasks.count();
        }
    }

    boolean alive() {
        return of(pid).filter(this::equals).isPresent();
    }

    /** Asks it to end; nothing happens to a process that merely has its number. */
    void terminate() {
        ProcessHandle.of(pid).filter(_ -> alive()).ifPresent(ProcessHandle::destroy);
    }

    /** Ends it. */
    void kill() {
        ProcessHandle.of(pid).filter(_ -> alive()).ifPresent(ProcessHandle::destroyForcibly);
    }

    /** Asks it to end, and ends it when it has not within this time. */
    void end(Duration patience) {
        terminate();
        if (!Patience.until(patience, () -> !alive())) {
            kill();
            Patience.until(patience, () -> !alive());
        }
    }
}
