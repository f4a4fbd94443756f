package dev.bootproof.events;

/**
 * How many tests went which way.
 *
 * @param passed tests that passed
 * @param failed tests that failed
 * @param skipped tests that did not apply
 * @param flaky tests that failed in one attempt and passed in another; the first attempt says where they are counted
 * @param known tests that failed as the catalog expects; they are not among the failed
 */
public record Counts(int passed, int failed, int skipped, int flaky, int known) {
    /** No test at all. */
    public static final Counts NONE = new Counts(0, 0, 0, 0, 0);

    /** Both together. */
    public Counts plus(Counts other) {
        return new Counts(
                passed + other.passed,
                failed + other.failed,
                skipped + other.skipped,
                flaky + other.flaky,
                known + other.known);
    }
}
