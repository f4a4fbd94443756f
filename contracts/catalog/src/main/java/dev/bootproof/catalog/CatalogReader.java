package dev.bootproof.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bootproof.events.ImageRef;
import dev.bootproof.events.PhasePlan;
import dev.bootproof.events.Plan;
import dev.bootproof.events.Recipe;
import dev.bootproof.events.SuitePlan;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/** Makes a catalog of a file in which there is no mistake. */
final class CatalogReader {
    private CatalogReader() {}

    static Catalog read(YamlSource source) {
        new CatalogSchema().check(source);
        new CatalogChecks(source).check();
        source.mistakes().throwIfAny();
        return catalog(source.root());
    }

    private static Catalog catalog(JsonNode root) {
        SortedMap<String, Plan> plans = new TreeMap<>();
        root.path("plans").properties().forEach(plan -> plans.put(plan.getKey(), plan(plan.getKey(), plan.getValue())));
        String defaultPlan = root.path("defaultPlan").asText();
        return new Catalog(plans, defaultPlan, all(root.path("streams"), stream -> stream(stream, defaultPlan)));
    }

    private static WatchedStream stream(JsonNode stream, String defaultPlan) {
        return new WatchedStream(
                ImageRef.parse(stream.path("image").asText()),
                stream.path("plan").asText(defaultPlan),
                OnFirstSight.of(stream.path("onFirstSight").asText("run")),
                stream.has("interval") ? duration(stream, "interval") : null);
    }

    private static Plan plan(String name, JsonNode plan) {
        return new Plan(
                name,
                recipe(plan.path("recipe")),
                all(plan.path("phases"), CatalogReader::phase),
                duration(plan, "buildTimeout"),
                duration(plan, "maxWait"));
    }

    private static Recipe recipe(JsonNode recipe) {
        return new Recipe(
                recipe.path("kind").asText(),
                recipe.path("filesystem").asText(),
                recipe.path("sizeMiB").asInt(),
                all(recipe.path("kernelArguments"), JsonNode::asText));
    }

    private static PhasePlan phase(JsonNode phase) {
        return new PhasePlan(
                phase.path("name").asText(),
                phase.path("memoryMiB").asInt(),
                phase.path("cpus").asInt(),
                duration(phase, "bootTimeout"),
                all(
                        phase.path("suites"),
                        suite -> new SuitePlan(suite.path("name").asText(), duration(suite, "timeout"))));
    }

    private static Duration duration(JsonNode around, String field) {
        return Duration.parse(around.path(field).asText());
    }

    private static <T> List<T> all(JsonNode array, Function<JsonNode, T> reader) {
        return StreamSupport.stream(array.spliterator(), false).map(reader).toList();
    }
}
