package dev.bootproof.testrunner;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A line of TAP 13, TAP 14 or KTAP. Sources of the formats: testanything.org/tap-version-14-specification.html and
 * docs.kernel.org/dev-tools/ktap.html.
 */
sealed interface TapLine {
    /** {@code TAP version 14} or {@code KTAP version 1}. */
    record Version(boolean kernel) implements TapLine {}

    /**
     * {@code 1..N}.
     *
     * @param tests how many tests there will be
     */
    record Plan(int tests) implements TapLine {}

    /**
     * {@code ok} or {@code not ok}.
     *
     * @param number the test's number, 0 where it has none
     * @param directive {@code skip}, {@code todo}, {@code xfail}, {@code timeout}, {@code error}, or null
     * @param reason what follows the directive
     */
    record Result(
            boolean ok, int number, String name, @Nullable String directive, String reason) implements TapLine {}

    /** {@code Bail out!} */
    record BailOut(String reason) implements TapLine {}

    /** Anything else, of which a test's message is made. */
    record Other(String text) implements TapLine {}

    /** A plan or number that nobody could mean. */
    record Nonsense(String why) implements TapLine {}

    Pattern PLAN = Pattern.compile("1\\.\\.([0-9]+)(?:\\s.*)?");
    Pattern RESULT = Pattern.compile("(not )?ok(?: +([0-9]+))?(?:\\s(.*)|)", Pattern.DOTALL);
    Pattern DIRECTIVE = Pattern.compile(
            "(?<!\\\\)#\\s*(skip|todo|xfail|timeout|error)(?:ped)?\\b:?(.*)",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    /** Reads a line without its indentation. */
    static TapLine of(String line) {
        if (line.startsWith("TAP version ") || line.startsWith("KTAP version ")) {
            return new Version(line.startsWith("K"));
        }
        if (line.startsWith("Bail out!")) {
            return new BailOut(line.substring("Bail out!".length()).strip());
        }
        Matcher plan = PLAN.matcher(line);
        if (plan.matches()) {
            int tests = count(plan.group(1));
            return tests < 0 ? new Nonsense("it plans more than a million tests") : new Plan(tests);
        }
        Matcher result = RESULT.matcher(line);
        return result.matches() ? result(result) : new Other(line);
    }

    private static TapLine result(Matcher result) {
        int number = result.group(2) == null ? 0 : count(result.group(2));
        if (number < 0) {
            return new Nonsense("a test has a number above a million");
        }
        String said = result.group(3) == null ? "" : result.group(3);
        Matcher directive = DIRECTIVE.matcher(said);
        boolean directed = directive.find();
        String name = directed ? said.substring(0, directive.start()) : said;
        return new Result(
                result.group(1) == null,
                number,
                name(name),
                directed ? directive.group(1).toLowerCase(Locale.ROOT) : null,
                directed ? directive.group(2).strip() : "");
    }

    private static String name(String text) {
        String name = text.strip();
        return (name.startsWith("- ") ? name.substring(2) : name)
                .strip()
                .replace("\\#", "#")
                .replace("\\\\", "\\");
    }

    /** -1 for more than a million. */
    private static int count(String digits) {
        return digits.length() > 7 || Integer.parseInt(digits) > 1_000_000 ? -1 : Integer.parseInt(digits);
    }
}
