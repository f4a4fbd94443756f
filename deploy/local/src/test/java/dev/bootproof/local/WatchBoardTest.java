package dev.bootproof.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.bootproof.events.EventJson;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WatchBoardTest {
    private static final String RUN = "demo-os-latest-0123456789ab";
    private static final Instant NOW = Instant.parse("2026-05-01T10:00:09Z");

    private final Screen screen = new Screen();
    private final WatchBoard board = new WatchBoard(screen.terminal());

    private static Story story(String more) {
        String text = "{\"runId\":\"" + RUN + "\",\"image\":\"127.0.0.1:5000/demo-os:latest\","
                + "\"startedAt\":\"2026-05-01T10:00:00Z\"," + more + "}";
        try {
            return KnownRuns.story(EventJson.mapper().readTree(text));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    private static Story booting() {
        return story("\"state\":\"running\",\"stages\":[{\"stage\":\"vm-provisioner\",\"phase\":1,"
                + "\"startedAt\":\"2026-05-01T10:00:04Z\"}]");
    }

    private static Story passed(String lease) {
        return story("\"state\":\"done\",\"finishedAt\":\"2026-05-01T10:00:08Z\",\"stages\":[],\"testsDone\":"
                + "{\"verdict\":\"passed\",\"reason\":\"6 tests passed\"},\"lease\":" + lease);
    }

    @Test
    void aRunIsOneLineForEachChangeWhereTheScreenIsNoTerminal() {
        // When
        board.show(List.of(booting()), Map.of(), NOW);
        board.show(List.of(booting()), Map.of(MachinesView.key(RUN, 1), "kernel"), NOW);
        board.show(List.of(booting()), Map.of(MachinesView.key(RUN, 1), "kernel"), NOW.plusSeconds(1));
        board.show(List.of(passed("{\"state\":\"ended\",\"until\":\"2026-05-01T10:30:00Z\"}")), Map.of(), NOW);
        board.show(List.of(passed("{\"state\":\"released\",\"until\":\"2026-05-01T10:00:09Z\"}")), Map.of(), NOW);

        // Then
        assertThat(screen.lines()).hasSize(4);
        assertThat(screen.lines().get(0)).contains(RUN, "vm-provisioner phase 2 ", "5.0 s", "9.0 s");
        assertThat(screen.lines().get(1)).contains("vm-provisioner phase 2: kernel");
        assertThat(screen.lines().get(2)).contains(RUN, "passed: 6 tests passed");
        assertThat(screen.lines().get(3)).contains("kept until ");
    }

    @Test
    void aRunOfWhichNothingIsLeftIsNotShown() {
        // When
        board.show(List.of(passed("{\"state\":\"released\",\"until\":\"2026-05-01T10:00:09Z\"}")), Map.of(), NOW);

        // Then
        assertThat(screen.lines()).containsExactly("no run goes on");
    }

    @Test
    void aTerminalShowsTheBoardInPlace() {
        // Given
        Screen live = new Screen();
        WatchBoard inPlace = new WatchBoard(new Terminal(live.stream(), true, false));

        // When
        inPlace.show(List.of(booting()), Map.of(), NOW);
        inPlace.show(List.of(booting()), Map.of(), NOW.plusSeconds(1));

        // Then
        assertThat(live.text()).contains("\033[A").contains("5.0 s").contains("6.0 s");
    }

    @Test
    void aLabThatDoesNotAnswerIsSaidOnce() {
        // When
        board.interrupted(Trouble.lab("the publisher does not answer", ""));
        board.interrupted(Trouble.lab("the publisher does not answer", ""));

        // Then
        assertThat(screen.lines()).containsExactly("the publisher does not answer, trying again");
    }
}
