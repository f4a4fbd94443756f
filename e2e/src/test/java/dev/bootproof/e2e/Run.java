package dev.bootproof.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bootproof.events.EventJson;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A run as the publisher tells it.
 *
 * @param story its JSON
 */
record Run(JsonNode story) {
    String id() {
        return story.path("runId").asText();
    }

    String image() {
        return story.path("image").asText();
    }

    String digest() {
        return story.path("digest").asText();
    }

    boolean done() {
        return !story.path("testsDone").isMissingNode()
                && !story.path("testsDone").isNull();
    }

    String verdict() {
        return story.path("testsDone").path("verdict").asText();
    }

    String fault() {
        return story.path("testsDone").path("fault").asText();
    }

    String reason() {
        return story.path("testsDone").path("reason").asText();
    }

    int late() {
        return story.path("lateVerdicts").asInt();
    }

    String leaseState() {
        JsonNode lease = story.path("lease");
        return lease.isTextual() ? lease.asText() : lease.path("state").asText();
    }

    /** Whether this stage has begun and not ended its work. */
    boolean inStage(String stage) {
        return story.path("stages")
                .valueStream()
                .anyMatch(entry -> entry.path("stage").asText().equals(stage)
                        && entry.path("finishedAt").asText("").isEmpty());
    }

    JsonNode firstPhase() {
        return phase(0);
    }

    JsonNode phase(int number) {
        return story.path("testsDone").path("phases").path(number);
    }

    /** A suite or step of a phase. */
    JsonNode suite(int phase, String name) {
        return phase(phase)
                .path("suites")
                .valueStream()
                .filter(suite -> suite.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no suite " + name + " in phase " + phase + "\n" + summary()));
    }

    /** Verdict, fault and reason in one line, to stand in a failed assertion. */
    String summary() {
        return Map.of("run", id(), "verdict", verdict(), "fault", fault(), "reason", reason()).entrySet().stream()
                        .map(Object::toString)
                        .sorted()
                        .collect(Collectors.joining(" "))
                + "\n" + new String(EventJson.write(story), java.nio.charset.StandardCharsets.UTF_8);
    }
}
