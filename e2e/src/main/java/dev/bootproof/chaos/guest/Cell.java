package dev.bootproof.chaos.guest;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the commands of a guest run: the host's programs in name spaces of their own, with a {@code /run} in memory and
 * only the programs that a small guest has. Its first process waits for the machine's process; when that is gone, however
 * it went, the first process notes the machine's end and with it everything in the cell ends.
 */
final class Cell {
    /** Reads nothing but the end of its input, and buries whoever dies meanwhile. */
    private static final String FIRST_PROCESS = """
            mount -t tmpfs -o size=64m standin /run && mkdir -p /run/bootproof || exit 1
            exec 3<&0
            cat <&3 > /dev/null &
            echo up
            wait $!
            printf '{"at":"%s","kind":"machine-ended","run":"%s","phase":%s,"suite":null,"pid":%s}\\n' \\
              "$(date -u +%Y-%m-%dT%H:%M:%S.%NZ)" "$STANDIN_RUN" "$STANDIN_PHASE" "$STANDIN_PID" >> "$CHAOS_DIR/effects.jsonl"
            """;

    private static final Map<String, String> ALWAYS = Map.of("LC_ALL", "C.UTF-8", "HOME", "/root");

    private final Process holder;
    private final long first;
    private final Map<String, String> environment;
    private final boolean root = "root".equals(System.getProperty("user.name"));

    private Cell(Process holder, long first, Map<String, String> environment) {
        this.holder = holder;
        this.first = first;
        this.environment = Map.copyOf(environment);
    }

    /**
     * Makes a cell.
     *
     * @param programs the directory of the programs that a guest has
     * @param environment what its first process and its commands are told
     */
    static Cell make(Path programs, Map<String, String> environment) throws IOException {
        List<String> command = new ArrayList<>(List.of("unshare"));
        if (!"root".equals(System.getProperty("user.name"))) {
            command.addAll(List.of("--user", "--map-root-user"));
        }
        command.addAll(List.of("--mount", "--pid", "--fork", "--mount-proc", "sh", "-c", FIRST_PROCESS));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        Process holder = builder.start();
        BufferedReader said = holder.inputReader(StandardCharsets.UTF_8);
        if (!"up".equals(said.readLine())) {
            throw new IOException("this host makes no name spaces: unshare ended with "
                    + holder.onExit().join().exitValue());
        }
        long first = holder.toHandle().children().findFirst().orElseThrow().pid();
        return new Cell(holder, first, withPrograms(environment, programs));
    }

    private static Map<String, String> withPrograms(Map<String, String> environment, Path programs) {
        Map<String, String> all = new HashMap<>(ALWAYS);
        all.putAll(environment);
        all.put("PATH", programs.toString());
        return all;
    }

    /** Starts a command; its input, output and complaints are pipes. */
    Process start(String line) throws IOException {
        List<String> command = new ArrayList<>(List.of("/usr/bin/nsenter", "--target", String.valueOf(first)));
        if (!root) {
            command.addAll(List.of("--user", "--preserve-credentials"));
        }
        command.addAll(List.of("--mount", "--pid", "--wd=/", "--", "/bin/sh", "-c", line));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** Ends everything in it and returns when its end is noted. */
    void close() {
        try (InputStream _ = holder.getInputStream()) {
            holder.getOutputStream().close();
        } catch (IOException e) {
            holder.destroyForcibly();
        }
        holder.onExit().join();
    }
}
