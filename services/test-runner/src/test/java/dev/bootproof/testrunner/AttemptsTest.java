package dev.bootproof.testrunner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bootproof.testrunner.TestCase.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

class AttemptsTest {
    private static final TestCase GOOD = TestCase.passed("good");
    private static final TestCase BAD = TestCase.failed("bad", "no");
    private static final TestCase SHORT = new TestCase("All tests of a.tap ran", Outcome.ABORTED, "1 of 2");

    @Test
    void aTestThatFailedAndThenPassedIsFlakyAndHasFailed() {
        // When
        Attempts attempts = Attempts.of(List.of(List.of(GOOD, BAD), List.of(GOOD, TestCase.passed("bad"))));

        // Then
        assertThat(attempts.flaky()).containsExactly("bad");
        assertThat(attempts.cases()).extracting(TestCase::failed).containsExactly(false, true);
    }

    @Test
    void aTestThatFailsInEveryAttemptHasFailed() {
        // When
        Attempts attempts = Attempts.of(List.of(List.of(GOOD, BAD), List.of(GOOD, BAD), List.of(GOOD, BAD)));

        // Then
        assertThat(attempts.flaky()).isEmpty();
        assertThat(attempts.cases()).containsExactly(GOOD, BAD);
    }

    @Test
    void aTestThatPassedAndThenFailedIsFlakyToo() {
        // When
        Attempts attempts = Attempts.of(List.of(List.of(GOOD, BAD), List.of(TestCase.failed("good", "odd"), BAD)));

        // Then
        assertThat(attempts.flaky()).containsExactly("good");
        assertThat(attempts.cases()).containsExactly(GOOD, BAD);
    }

    @Test
    void aTestThatFailedAndThenDidNotRunHasFailed() {
        // When
        Attempts attempts =
                Attempts.of(List.of(List.of(GOOD, BAD), List.of(GOOD, new TestCase("bad", Outcome.SKIPPED, ""))));

        // Then
        assertThat(attempts.flaky()).isEmpty();
        assertThat(attempts.cases()).containsExactly(GOOD, BAD);
    }

    @Test
    void aTestThatOnlyAnotherAttemptHasCountsAsItWentThere() {
        // When
        Attempts attempts = Attempts.of(List.of(List.of(GOOD), List.of(GOOD, BAD)));

        // Then
        assertThat(attempts.cases()).containsExactly(GOOD, BAD);
    }

    @Test
    void testsThatWereMissingOnceAreFlaky() {
        // When
        Attempts once = Attempts.of(List.of(List.of(GOOD, SHORT), List.of(GOOD, TestCase.passed("late"))));
        Attempts twice = Attempts.of(List.of(List.of(GOOD, SHORT), List.of(GOOD, SHORT)));

        // Then
        assertThat(once.flaky()).containsExactly(SHORT.name());
        assertThat(once.cases()).contains(SHORT);
        assertThat(twice.cases()).contains(SHORT);
    }

    @Test
    void oneOfTwoTestsOfTheSameNameThatFailsEveryTimeHasFailed() {
        // When
        Attempts attempts = Attempts.of(
                List.of(List.of(GOOD, TestCase.failed("good", "no")), List.of(GOOD, TestCase.failed("good", "no"))));

        // Then
        assertThat(attempts.flaky()).isEmpty();
        assertThat(attempts.cases()).filteredOn(TestCase::failed).hasSize(1);
    }
}
