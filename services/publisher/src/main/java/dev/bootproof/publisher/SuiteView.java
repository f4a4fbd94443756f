package dev.bootproof.publisher;

import dev.bootproof.events.Counts;
import dev.bootproof.events.SuiteResult;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A suite, as people read it.
 *
 * @param name its name
 * @param look how it ended
 * @param counts how its tests went
 * @param took how long it took
 * @param origin where it came from, pinned
 * @param failures the first failed tests
 * @param flaky the tests that passed only when run again
 * @param known the tests that failed and do not block
 * @param pictures its pictures, step by step
 */
record SuiteView(
        String name,
        Look look,
        Counts counts,
        String took,
        String origin,
        List<SuiteResult.Failure> failures,
        List<String> flaky,
        List<Known> known,
        List<Picture> pictures) {
    private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s<>\"']+");

    /**
     * A test that failed and does not block.
     *
     * @param test its name
     * @param why why it does not
     * @param link where it is worked on; empty where that is not said
     */
    record Known(String test, String why, String link) {
        static Known of(SuiteResult.Known known) {
            Matcher address = ADDRESS.matcher(known.why());
            return new Known(known.test(), known.why(), address.find() ? address.group() : "");
        }
    }

    /**
     * A picture of a step.
     *
     * @param step what the step is called
     * @param path its file in an address
     */
    record Picture(String step, String path) {
        static Picture of(Evidence.Item file) {
            String name = file.name().substring(file.name().lastIndexOf('/') + 1);
            String step =
                    name.replaceFirst("\\.png$", "").replaceFirst("^\\d+-", "").replace('-', ' ');
            return new Picture(step, file.path());
        }
    }

    static SuiteView of(SuiteResult suite, List<Evidence.Item> files) {
        String pictures = pictures(suite.name());
        String origin = suite.origin() == null ? "the lab's own" : suite.origin();
        return new SuiteView(
                suite.name(),
                Look.of(suite.verdict()),
                suite.counts(),
                Spoken.duration(suite.duration()),
                origin + ", files " + suite.source().abbreviated(),
                suite.failures(),
                suite.flaky(),
                suite.known().stream().map(Known::of).toList(),
                files.stream()
                        .filter(file ->
                                file.name().startsWith(pictures) && file.name().endsWith(".png"))
                        .sorted(Comparator.comparing(Evidence.Item::name))
                        .map(Picture::of)
                        .toList());
    }

    /** Where the pictures of a suite lie in the evidence. */
    static String pictures(String suite) {
        return "suites/" + suite + "/screenshots/";
    }
}
