package dev.bootproof.publisher;

import dev.bootproof.events.Counts;
import dev.bootproof.events.Verdict;

/** A verdict in GitHub's words; what a test or a guest said can neither format nor call anybody there. */
final class CheckText {
    private static final int DESCRIPTION = 140;
    private static final int TITLE = 255;
    private static final int BODY = 20_000;

    private CheckText() {}

    /** The name of a check: the same for every run of this image under this plan, so that it can be required. */
    static String name(Facts facts) {
        String repository = facts.image().repository();
        return "bootproof / " + repository.substring(repository.lastIndexOf('/') + 1) + " / " + facts.plan();
    }

    static String conclusion(Verdict verdict) {
        return switch (verdict) {
            case PASSED -> "success";
            case FAILED -> "failure";
            case ERRORED -> "neutral";
            case SKIPPED -> "skipped";
        };
    }

    static String description(Facts facts) {
        return cut(Look.of(facts.verdict()).badge() + ": " + facts.reason(), DESCRIPTION);
    }

    static String title(Facts facts) {
        return cut(Look.of(facts.verdict()).title() + ": " + facts.reason(), TITLE);
    }

    static String summary(Facts facts) {
        StringBuilder text = new StringBuilder(quoted(facts.reason())).append("\n\n");
        text.append("| phase | suite | verdict | passed | failed | skipped | flaky | known |\n");
        text.append("|---|---|---|---|---|---|---|---|\n");
        for (Facts.Suite suite : facts.suites()) {
            Counts counts = suite.counts();
            text.append("| %s | %s | %s | %d | %d | %d | %d | %d |\n"
                    .formatted(
                            quoted(suite.phase()),
                            quoted(suite.name()),
                            suite.verdict().word(),
                            counts.passed(),
                            counts.failed(),
                            counts.skipped(),
                            counts.flaky(),
                            counts.known()));
        }
        return cut(text.toString(), BODY);
    }

    static String text(Facts facts) {
        return """
                %s
                digest %s
                run %s
                """.formatted(
                        quoted(facts.image().stream()),
                        quoted(facts.digest().value()),
                        quoted(facts.runId().value()));
    }

    /** As code on one line. */
    private static String quoted(String text) {
        return "`" + text.replaceAll("[`|\\p{Cntrl}]", " ") + "`";
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 1) + "…";
    }
}
