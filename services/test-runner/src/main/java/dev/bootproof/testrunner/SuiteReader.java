package dev.bootproof.testrunner;

import dev.bootproof.testrunner.Reading.Tests;
import dev.bootproof.testrunner.Reading.Unreadable;
import dev.bootproof.testrunner.tar.Tar;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Makes one model of what suites leave behind: behave's JSON first, then JUnit's XML, then TAP or KTAP, and the
 * exit code alone only where a program of the suite's own left none of them. A result and an exit code that contradict each other are not believed.
 */
final class SuiteReader {
    private static final Pattern JUNIT = Pattern.compile("(?:junit/)?[^/]+\\.xml");
    private static final Pattern TAP = Pattern.compile("(?:tap/)?[^/]+\\.k?tap");

    /** The shell's own exit codes: the program could not be run, was not found, or was killed by a signal. */
    private static final int CANNOT_RUN = 126;

    private SuiteReader() {}

    /** One at a time, for what is small in a file can be large when it is parsed. */
    static synchronized Reading read(Suite suite, SuiteEnd end, Map<String, Content> files) {
        Integer exit = end.exit();
        if (exit == null || !end.unit().equals("success")) {
            return new Unreadable("its process ended by " + end.unit());
        }
        Content leftOut = files.get(Tar.LEFT_OUT);
        if (leftOut != null) {
            return new Unreadable("it left too much behind to be read, "
                    + leftOut.text().strip() + ": leave less in BOOTPROOF_RESULTS");
        }
        Reading reading = files(suite, exit, files);
        if (reading instanceof Tests tests && exit != 0 && !tests.failed()) {
            return new Unreadable("it exited with " + exit + " though no test of it failed" + lastWords(files));
        }
        return reading;
    }

    private static Reading files(Suite suite, int exit, Map<String, Content> files) {
        Content behave = files.get("behave.json");
        if (behave != null) {
            return withOutput(BehaveJson.read(behave), files);
        }
        SortedMap<String, Content> junit = named(JUNIT, files);
        if (!junit.isEmpty()) {
            return withOutput(JUnitXml.read(junit), files);
        }
        SortedMap<String, Content> tap = named(TAP, files);
        if (!tap.isEmpty()) {
            return withOutput(Tap.read(tap), files);
        }
        if (!suite.program()) {
            return new Unreadable("behave exited with " + exit + " and left no result" + lastWords(files));
        }
        return exitCode(suite.name(), exit, files);
    }

    private static SortedMap<String, Content> named(Pattern pattern, Map<String, Content> files) {
        SortedMap<String, Content> found = new TreeMap<>(files);
        found.keySet().removeIf(name -> !pattern.matcher(name).matches());
        return found;
    }

    private static Reading exitCode(String suite, int exit, Map<String, Content> files) {
        if (exit >= CANNOT_RUN) {
            return new Unreadable("it exited with " + exit + lastWords(files));
        }
        Tally tally = new Tally();
        if (exit == 0) {
            tally.pass(suite);
        } else {
            tally.fail(suite, "it exited with " + exit + lastWords(files));
        }
        return tally.reading(suite);
    }

    private static Reading withOutput(Reading reading, Map<String, Content> files) {
        return reading instanceof Unreadable unreadable ? new Unreadable(unreadable.why() + lastWords(files)) : reading;
    }

    /** The last line that a suite said, after a colon; nothing where it said nothing. */
    static String lastWords(Map<String, Content> files) {
        Content output = files.get("output.txt");
        String last = output == null ? "" : output.text().strip();
        return last.isEmpty() ? "" : ": " + Words.line(last.substring(last.lastIndexOf('\n') + 1));
    }
}
