package dev.bootproof.testrunner.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.bootproof.events.Ledger;
import dev.bootproof.events.SuiteResult.Known;
import dev.bootproof.testrunner.TestCase;
import dev.bootproof.testrunner.TestCase.Outcome;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ForgivenessTest {
    private static final URI TRACKER = URI.create("https://github.com/org/os/issues/7");
    private static final LocalDate UNTIL = LocalDate.of(2026, 11, 20);
    private static final TestCase WIFI = TestCase.failed("Wifi connects", "no carrier\nits journal");

    @Test
    void aKnownFailureDoesNotBlockUpToItsLastDay() {
        // When
        Judged judged = known("network: Wifi").judge("network", List.of(WIFI), Set.of());

        // Then
        assertThat(judged.blocking()).isEmpty();
        assertThat(judged.known()).containsExactly(new Known("Wifi connects", TRACKER.toString()));
        assertThat(judged.notes()).isEmpty();
    }

    @Test
    void theDayAfterItBlocksAgainAndSaysThatTheSnoozeEnded() {
        // When
        Judged judged = on(UNTIL.plusDays(1), "Wifi").judge("network", List.of(WIFI), Set.of());

        // Then
        assertThat(judged.known()).isEmpty();
        assertThat(judged.blocking())
                .containsExactly(
                        WIFI.saying("no carrier (" + TRACKER + ": its snooze ended on 2026-11-20)\nits journal"));
    }

    @Test
    void anotherSuitesTestOfThatNameBlocks() {
        assertThat(known("^network: Wifi")
                        .judge("smoke", List.of(WIFI), Set.of())
                        .blocking())
                .containsExactly(WIFI);
    }

    @Test
    void aNewTestDoesNotBlockForAMonth() {
        // Given
        LocalDate since = LocalDate.of(2026, 10, 21);
        Ledger ledger = new Ledger(List.of(), List.of(new Ledger.Fresh("Wifi", since)));

        // When
        Judged last = new Forgiveness(ledger, LocalDate.of(2026, 11, 20)).judge("a", List.of(WIFI), Set.of());
        Judged after = new Forgiveness(ledger, LocalDate.of(2026, 11, 21)).judge("a", List.of(WIFI), Set.of());

        // Then
        assertThat(last.known()).containsExactly(new Known("Wifi connects", "new since 2026-10-21"));
        assertThat(after.blocking())
                .singleElement()
                .satisfies(test -> assertThat(test.message())
                        .startsWith("no carrier (new since 2026-10-21: its month of grace ended on 2026-11-20)"));
    }

    @Test
    void aKnownFailureThatPassesIsToBeTakenOutOfTheCatalog() {
        // Given
        TestCase passes = TestCase.passed(WIFI.name());

        // Then
        assertThat(known("Wifi").judge("a", List.of(passes), Set.of()).notes())
                .containsExactly("no longer fails: remove \"Wifi\" (" + TRACKER + ") from the catalog");
        assertThat(known("Wifi")
                        .judge("a", List.of(passes), Set.of(WIFI.name()))
                        .notes())
                .isEmpty();
        assertThat(known("Wifi").judge("a", List.of(passes, WIFI), Set.of()).notes())
                .isEmpty();
    }

    @Test
    void whatASuitesAuthorExpectsToFailDoesNotBlock() {
        // Given
        TestCase todo = new TestCase("Fan", Outcome.EXPECTED, "todo not written yet\nmore");

        // Then
        assertThat(known("x").judge("a", List.of(todo), Set.of()).known())
                .containsExactly(new Known("Fan", "todo not written yet"));
    }

    @Test
    void aPatternThatTakesForeverForAGuestsNameFindsNothing() {
        // Given
        TestCase evil = TestCase.failed("a".repeat(200) + "!", "x");

        // Then
        assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> assertThat(known("(a|aa)+$")
                                .judge("s", List.of(evil), Set.of())
                                .blocking())
                        .containsExactly(evil));
    }

    private static Forgiveness known(String pattern) {
        return on(UNTIL, pattern);
    }

    private static Forgiveness on(LocalDate today, String pattern) {
        return new Forgiveness(new Ledger(List.of(new Ledger.Known(pattern, TRACKER, UNTIL)), List.of()), today);
    }
}
