package dev.bootproof.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0 2 * * *    | 2026-11-20T10:00:00Z | 2026-11-20T02:00:00Z | 2026-11-21T02:00:00Z
            0 2 * * *    | 2026-11-20T02:00:00Z | 2026-11-20T02:00:00Z | 2026-11-21T02:00:00Z
            0 2 * * *    | 2026-11-20T01:59:59Z | 2026-11-19T02:00:00Z | 2026-11-20T02:00:00Z
            */15 * * * * | 2026-11-20T10:16:01Z | 2026-11-20T10:15:00Z | 2026-11-20T10:30:00Z
            0 0 1 * 1    | 2026-11-20T10:00:00Z | 2026-11-16T00:00:00Z | 2026-11-23T00:00:00Z
            0 0 * * 7    | 2026-11-20T10:00:00Z | 2026-11-15T00:00:00Z | 2026-11-22T00:00:00Z
            0 0 29 2 *   | 2026-11-20T10:00:00Z | 2024-02-29T00:00:00Z | 2028-02-29T00:00:00Z
            """)
    void theLastAndTheNextTimeAreThoseOfCron(String time, Instant now, Instant last, Instant next) {
        // When
        Schedule schedule = Schedule.of(List.of(time));
        // Then
        assertThat(schedule.last(now)).contains(last);
        assertThat(schedule.next(now)).contains(next);
    }

    @Test
    void ofSeveralTimesTheNearestCounts() {
        // When
        Schedule schedule = Schedule.of(List.of("0 2 * * *", "0 14 * * *"));
        // Then
        assertThat(schedule.last(Instant.parse("2026-11-20T10:00:00Z")))
                .contains(Instant.parse("2026-11-20T02:00:00Z"));
        assertThat(schedule.next(Instant.parse("2026-11-20T10:00:00Z")))
                .contains(Instant.parse("2026-11-20T14:00:00Z"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            61 2 * * *  | is no time as cron writes it
            0 2 * *     | is no time as cron writes it
            nightly     | is no time as cron writes it
            0 0 0 2 * * | is no time as cron writes it
            0 0 31 2 *  | never comes
            """)
    void whatIsNoTimeIsRefusedWithASentence(String time, String sentence) {
        // When, then
        assertThatThrownBy(() -> Schedule.of(List.of(time)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("\"" + time + "\" " + sentence);
    }
}
