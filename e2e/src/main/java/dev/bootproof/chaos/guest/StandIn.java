package dev.bootproof.chaos.guest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** Takes QEMU's place, with QEMU's arguments. */
public final class StandIn {
    /** The environment variable with the storm's directory. */
    public static final String DIRECTORY = "CHAOS_DIR";

    /** The directory of the programs that a guest has, in the storm's. */
    public static final String PROGRAMS = "programs";

    /** The pipe in the working directory that says whether the machine runs. */
    static final Path ANSWER = Path.of("standin.up");

    /** Learns to start fast instead of standing in for anybody. */
    static final String REHEARSE = "--rehearse";

    private StandIn() {}

    /** Plays one machine until it ends. */
    public static void main(String[] arguments) throws IOException, GeneralSecurityException {
        Door.prepare();
        if (arguments.length > 0 && arguments[0].equals(REHEARSE)) {
            Rehearsal.play();
            return;
        }
        Machine machine;
        try {
            machine = start(List.of(arguments));
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            answer("the stand-in could not start: " + e);
            throw e;
        }
        answer("up");
        machine.boot();
    }

    private static Machine start(List<String> arguments) throws IOException, GeneralSecurityException {
        QemuWords words = QemuWords.of(arguments);
        Path directory = Path.of(System.getenv(DIRECTORY));
        long pid = ProcessHandle.current().pid();
        Cell cell = Cell.make(
                directory.resolve(PROGRAMS),
                Map.of(
                        DIRECTORY,
                        directory.toString(),
                        "STANDIN_RUN",
                        words.run(),
                        "STANDIN_PHASE",
                        String.valueOf(words.phase()),
                        "STANDIN_PID",
                        String.valueOf(pid),
                        "STANDIN_SCRIPT",
                        words.script().word()));
        Machine machine = new Machine(words, cell);
        machine.open();
        Files.writeString(words.pidFile(), pid + "\n");
        Effects.in(directory)
                .append(new Effects.Effect(
                        Clock.systemUTC().instant(), "machine-started", words.run(), words.phase(), null, pid));
        return machine;
    }

    /** Whoever waits at the pipe may be gone by now, and then nobody needs to know. */
    private static void answer(String line) throws IOException {
        if (Files.exists(ANSWER)) {
            Files.writeString(ANSWER, line + "\n", StandardOpenOption.WRITE);
        }
    }
}
