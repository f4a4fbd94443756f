package dev.bootproof.catalog;

import com.fasterxml.jackson.databind.JsonNode;

/** Steps that {@code isolate} would undo before a later suite: test-runner refuses them, so the catalog does. */
final class IsolationCheck {
    private final YamlSource source;

    IsolationCheck(YamlSource source) {
        this.source = source;
    }

    /** Adds a mistake for every step of the phase that the plan's isolation undoes. */
    void check(String plan, String phase) {
        String isolate = source.root().at(plan + "/isolate").asText("shared");
        JsonNode steps = source.root().at(phase + "/suites");
        int first = firstSuite(steps);
        int last = lastSuite(steps);
        if (isolate.equals("shared") || last <= first) {
            return;
        }
        for (int n = isolate.equals("snapshot") ? first : 0; n < last; n++) {
            if (!isSuite(steps.get(n))) {
                String step = phase + "/suites/" + n;
                source.mistakes()
                        .add(
                                source.line(step),
                                "isolate: %s undoes the step %s before the suite %s: write isolate: shared"
                                        .formatted(isolate, name(steps.get(n)), name(steps.get(last))));
            }
        }
    }

    private static int firstSuite(JsonNode steps) {
        int n = 0;
        while (n < steps.size() && !isSuite(steps.get(n))) {
            n++;
        }
        return n;
    }

    private static int lastSuite(JsonNode steps) {
        int n = steps.size() - 1;
        while (n >= 0 && !isSuite(steps.get(n))) {
            n--;
        }
        return n;
    }

    private static boolean isSuite(JsonNode step) {
        return step.path("step").asText("suite").equals("suite");
    }

    private static String name(JsonNode step) {
        return step.path("name").asText();
    }
}
