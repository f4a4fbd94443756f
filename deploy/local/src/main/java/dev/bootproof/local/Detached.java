package dev.bootproof.local;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A process that outlives the launcher: in a session of its own, without a terminal, its output in a log.
 *
 * @param command program and arguments
 * @param environment what it gets besides the user's own environment
 * @param log where its output goes; that of the start before is kept beside it
 */
record Detached(List<String> command, Map<String, String> environment, Path log) {
    /**
     * Starts it.
     *
     * @throws Trouble where the program is missing
     */
    OsProcess start() {
        List<String> session = new ArrayList<>(List.of("setsid"));
        session.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(session)
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        try {
            keepTheLast();
            long pid = builder.start().pid();
            return OsProcess.of(pid).orElseThrow(() -> endedAtOnce(log));
        } catch (IOException e) {
            throw Trouble.lab(command.getFirst() + " could not be started: " + e.getMessage(), "run ./bootproof up");
        }
    }

    private void keepTheLast() throws IOException {
        if (Files.exists(log)) {
            Files.move(log, earlier(log), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Where the log of the start before is kept. */
    static Path earlier(Path log) {
        return log.resolveSibling(log.getFileName() + ".1");
    }

    private static Trouble endedAtOnce(Path log) {
        return Trouble.lab("a part of the lab ended as soon as it was started", "its log says why: " + log);
    }
}
