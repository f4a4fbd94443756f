package dev.bootproof.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogsCommandTest {
    private static final String RUN = "demo-os-latest-0123456789ab";

    @TempDir
    Path directory;

    private final Screen out = new Screen();
    private final Screen errors = new Screen();

    private Lab lab;

    @BeforeEach
    void write() throws IOException {
        lab = Labs.in(directory.resolve("lab"));
        lab.home().prepare();
        lab.file().update(state -> state.withPorts(Map.of("broker", 9092)));
        Files.writeString(lab.home().log(Part.POLLER), """
                2026-05-01 10:00:01,000 INFO  [Poller] looked
                2026-05-01 10:00:03,000 ERROR [Poller] broke runId=%s
                java.io.IOException: no
                \tat somewhere
                2026-05-01 10:00:05,000 INFO  [Poller] looked again
                """.formatted(RUN));
        Files.writeString(lab.home().log(Part.JANITOR), """
                2026-05-01 10:00:02,000 INFO  [Janitor] swept
                2026-05-01 10:00:04,000 INFO  [Janitor] released \033[31mred runId=%s
                """.formatted(RUN));
        Files.writeString(
                lab.home().earlierLog(Part.JANITOR),
                "2026-04-30 10:00:00,000 INFO  [Janitor] before runId=" + RUN + "\n");
    }

    LogsCommandTest() {
        lab = Labs.in(Path.of("/nonexistent"));
    }

    private int logs(String... arguments) {
        List<String> all = new ArrayList<>(List.of("logs"));
        all.addAll(List.of(arguments));
        return Bootproof.run(lab, out.terminal(), errors.stream(), all.toArray(String[]::new));
    }

    @Test
    void allPartsAreShownInTheOrderOfTimeWithoutWhatATerminalWouldObey() {
        assertThat(logs()).isZero();
        assertThat(out.lines())
                .containsExactly(
                        "poller         | 2026-05-01 10:00:01,000 INFO  [Poller] looked",
                        "janitor        | 2026-05-01 10:00:02,000 INFO  [Janitor] swept",
                        "poller         | 2026-05-01 10:00:03,000 ERROR [Poller] broke runId=" + RUN,
                        "poller         | java.io.IOException: no",
                        "poller         | \tat somewhere",
                        "janitor        | 2026-05-01 10:00:04,000 INFO  [Janitor] released red runId=" + RUN,
                        "poller         | 2026-05-01 10:00:05,000 INFO  [Poller] looked again");
    }

    @Test
    void oneRunIsShownWithItsStackTracesAndFromBeforeTheRestart() {
        assertThat(logs("--run", RUN)).isZero();
        assertThat(out.lines()).hasSize(5).first().asString().contains("before");
        assertThat(out.text()).contains("at somewhere").doesNotContain("swept");
    }

    @Test
    void onePartAndTheLastOfIt() {
        assertThat(logs("poller", "-n", "1")).isZero();
        assertThat(out.lines()).containsExactly("poller         | 2026-05-01 10:00:05,000 INFO  [Poller] looked again");
    }

    @Test
    void aConsoleNeedsARunAndIsShownFromItsFile() throws IOException {
        // Given
        Path phase = Files.createDirectories(directory.resolve("lab/runs/" + RUN + "/p0"));
        Files.writeString(phase.resolve("console.log"), "Linux version 6.1\n");

        // When
        int alone = logs("--console");
        int named = logs("janitor", "--run", RUN, "--console");

        // Then
        assertThat(alone).isEqualTo(2);
        assertThat(errors.text()).contains("--console shows the machines of one run");
        assertThat(named).isZero();
        assertThat(out.lines()).contains("console p0     | Linux version 6.1");
    }

    @Test
    void anUnknownPartIsRefused() {
        assertThat(logs("kafka")).isEqualTo(2);
        assertThat(errors.text()).contains("the lab has no part \"kafka\"");
    }

    @Test
    void aLogIsReadOnWhereItStoppedAndAnewWhereItWasBegunAnew() throws IOException {
        // Given
        Path file = lab.home().log(Part.JANITOR);
        LogTail tail = new LogTail("janitor", file);
        List<String> read = new ArrayList<>();
        tail.read(entry -> read.addAll(entry.lines()));
        read.clear();

        // When
        Files.writeString(file, "half a li", StandardOpenOption.APPEND);
        tail.read(entry -> read.addAll(entry.lines()));
        Files.writeString(file, "ne\n", StandardOpenOption.APPEND);
        tail.read(entry -> read.addAll(entry.lines()));
        Files.move(file, lab.home().earlierLog(Part.JANITOR), StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(file, "a new start, which may be longer than what was there before\n".repeat(9));
        tail.read(entry -> read.addAll(entry.lines()));

        // Then
        assertThat(read).hasSize(10).startsWith("half a line");
    }
}
