package dev.bootproof.testrunner;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.bootproof.events.EventJson;
import java.io.IOException;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Reads what behave 1.2.6 writes with {@code --format json}: features, their scenarios, and their steps. */
final class BehaveJson {
    private static final String ASSERTION = "Assertion Failed: ";

    private BehaveJson() {}

    static Reading read(Content content) {
        if (content.cut()) {
            return new Reading.Unreadable("behave.json is larger than " + content.size() + " bytes");
        }
        try {
            JsonNode features = EventJson.mapper().readTree(content.stream());
            if (!features.isArray()) {
                return new Reading.Unreadable("behave.json is no list of features");
            }
            return count(features);
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            return new Reading.Unreadable(Words.line("behave.json:" + line + ": no JSON: " + e.getOriginalMessage()));
        } catch (IOException e) {
            return new Reading.Unreadable(Words.line("behave.json: no JSON: " + e.getMessage()));
        }
    }

    private static Reading count(JsonNode features) {
        Tally tally = new Tally();
        for (JsonNode feature : features) {
            for (JsonNode scenario : feature.path("elements")) {
                if (!scenario.path("type").asText().equals("background")) {
                    count(scenario, tally);
                }
            }
        }
        return tally.reading("behave.json");
    }

    /** Whatever is not said to have passed or been skipped has failed: undefined and untested too. */
    private static void count(JsonNode scenario, Tally tally) {
        String name = scenario.path("name").asText();
        switch (scenario.path("status").asText()) {
            case "passed" -> tally.pass(name);
            case "skipped" -> tally.skip(name);
            default -> tally.fail(name, message(scenario));
        }
    }

    private static String message(JsonNode scenario) {
        for (JsonNode step : scenario.path("steps")) {
            String status = step.path("result").path("status").asText();
            String said =
                    step.path("keyword").asText() + " " + step.path("name").asText();
            if (status.equals("undefined")) {
                return "no step is defined for: " + said;
            }
            if (status.equals("failed")) {
                String error = text(step.path("result").path("error_message"));
                return error.isBlank() ? "failed at: " + said : error;
            }
        }
        return "it is " + scenario.path("status").asText("without a status");
    }

    private static String text(JsonNode lines) {
        String text = lines.isArray()
                ? StreamSupport.stream(lines.spliterator(), false)
                        .map(JsonNode::asText)
                        .collect(Collectors.joining("\n"))
                : lines.asText();
        return text.startsWith(ASSERTION) ? text.substring(ASSERTION.length()) : text;
    }
}
