package dev.bootproof.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bootproof.events.ImageRef;
import dev.bootproof.events.MalformedEvent;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What must be true of a catalog and cannot be said in a schema. */
final class CatalogChecks {
    private final YamlSource source;
    private final Set<String> plans = new TreeSet<>();
    private final Map<String, Integer> streams = new HashMap<>();
    private int canaryLine;

    CatalogChecks(YamlSource source) {
        this.source = source;
        source.root().path("plans").fieldNames().forEachRemaining(plans::add);
    }

    void check() {
        checkPlanName("/defaultPlan");
        for (int n = 0; n < source.root().path("streams").size(); n++) {
            checkPlanName("/streams/" + n + "/plan");
            checkImage("/streams/" + n + "/image");
            checkSchedule("/streams/" + n + "/schedule");
            checkCanary("/streams/" + n);
        }
        for (int n = 0; n < source.root().path("pullRequests").size(); n++) {
            checkPlanName("/pullRequests/" + n + "/plan");
        }
        checkPhaseNames();
        checkDurations(source.root(), "");
    }

    private void checkPlanName(String pointer) {
        JsonNode name = source.root().at(pointer);
        if (name.isTextual() && !plans.contains(name.asText())) {
            mistake(
                    pointer,
                    "there is no plan called " + name.asText() + ": write it under plans, or name one of "
                            + String.join(", ", plans));
        }
    }

    private void checkImage(String pointer) {
        String text = source.root().at(pointer).asText();
        if (text.isEmpty()) {
            return;
        }
        try {
            ImageRef image = ImageRef.parse(text);
            if (image.digest() != null) {
                mistake(pointer, text + " names a digest, which never moves: a stream is a tag");
            }
            Integer other = streams.putIfAbsent(image.stream(), source.line(pointer));
            if (other != null) {
                mistake(pointer, image.stream() + " is watched already, see line " + other + ": leave one of them");
            }
        } catch (MalformedEvent e) {
            mistake(pointer, String.valueOf(e.getMessage()));
        }
    }

    private void checkSchedule(String pointer) {
        for (int n = 0; n < source.root().at(pointer).size(); n++) {
            String time = pointer + "/" + n;
            try {
                var _ = Schedule.of(List.of(source.root().at(time).asText()));
            } catch (IllegalArgumentException e) {
                mistake(time, String.valueOf(e.getMessage()));
            }
        }
    }

    /** A lab has one canary, and looks at it without being asked. */
    private void checkCanary(String stream) {
        String pointer = stream + "/canary";
        if (!source.root().at(pointer).asBoolean(false)) {
            return;
        }
        if (canaryLine != 0) {
            mistake(pointer, "there is a canary already, see line " + canaryLine + ": a lab has one");
            return;
        }
        canaryLine = source.line(pointer);
        if (source.root().at(stream + "/schedule").isEmpty()) {
            mistake(pointer, "a canary is run by the clock: give it a schedule, as in schedule: [\"0 * * * *\"]");
        }
    }

    private void checkPhaseNames() {
        for (String plan : plans) {
            Set<String> names = new TreeSet<>();
            String phases = "/plans/" + YamlTree.escaped(plan) + "/phases";
            for (int n = 0; n < source.root().at(phases).size(); n++) {
                String name = source.root().at(phases + "/" + n + "/name").asText();
                if (!names.add(name)) {
                    mistake(phases + "/" + n + "/name", "the plan has two phases called " + name + ": rename one");
                }
            }
        }
    }

    private void checkDurations(JsonNode node, String pointer) {
        node.properties().forEach(field -> {
            String below = pointer + "/" + YamlTree.escaped(field.getKey());
            if (Set.of("interval", "timeout", "bootTimeout", "buildTimeout", "maxWait")
                    .contains(field.getKey())) {
                checkDuration(below, field.getValue().asText());
            }
            checkDurations(field.getValue(), below);
        });
        for (int n = 0; node.isArray() && n < node.size(); n++) {
            checkDurations(node.get(n), pointer + "/" + n);
        }
    }

    private void checkDuration(String pointer, String text) {
        try {
            if (!Duration.parse(text).isPositive()) {
                mistake(pointer, text + " is no time at all: write a duration longer than zero, as in PT5M");
            }
        } catch (DateTimeException e) {
            return; // the schema has said so
        }
    }

    private void mistake(String pointer, String sentence) {
        source.mistakes().add(source.line(pointer), sentence);
    }
}
