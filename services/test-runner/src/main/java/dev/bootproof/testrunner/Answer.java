package dev.bootproof.testrunner;

/**
 * What came of a command in a guest.
 *
 * @param exit its exit code
 * @param output what it said on standard output
 * @param complaint what it said on standard error, bounded
 */
public record Answer(int exit, Content output, String complaint) {
    /** What it said, in one line, for evidence. */
    public String summary() {
        return Words.line(output.text() + " " + complaint);
    }
}
