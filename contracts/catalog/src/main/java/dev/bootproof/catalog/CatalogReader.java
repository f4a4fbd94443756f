package dev.bootproof.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bootproof.events.ImageRef;
import dev.bootproof.events.Plan;
import java.net.URI;
import java.util.SortedMap;
import java.util.TreeMap;

/** Makes a catalog of a file in which there is no mistake. */
final class CatalogReader {
    private CatalogReader() {}

    static Catalog read(YamlSource source) {
        new CatalogSchema().check(source);
        new CatalogChecks(source).check();
        new ReferenceChecks(source).check();
        source.mistakes().throwIfAny();
        return catalog(source.root());
    }

    private static Catalog catalog(JsonNode root) {
        PlanReader reader = new PlanReader(PlanReader.ledger(root), new TargetReader(root.path("targets")));
        SortedMap<String, Plan> plans = new TreeMap<>();
        root.path("plans")
                .properties()
                .forEach(plan -> plans.put(plan.getKey(), reader.plan(plan.getKey(), plan.getValue())));
        String defaultPlan = root.path("defaultPlan").asText();
        return new Catalog(
                plans,
                defaultPlan,
                Fields.all(root.path("streams"), stream -> stream(stream, defaultPlan)),
                Fields.all(root.path("pullRequests"), requests -> pullRequests(requests, defaultPlan)));
    }

    private static WatchedStream stream(JsonNode stream, String defaultPlan) {
        return new WatchedStream(
                ImageRef.parse(stream.path("image").asText()),
                stream.path("plan").asText(defaultPlan),
                OnFirstSight.of(stream.path("onFirstSight").asText("run")),
                stream.has("interval") ? Fields.duration(stream, "interval") : null,
                Fields.all(stream.path("schedule"), JsonNode::asText),
                Fields.text(stream, "platform"),
                stream.path("canary").asBoolean(false));
    }

    private static PullRequests pullRequests(JsonNode requests, String defaultPlan) {
        return new PullRequests(
                requests.path("repository").asText(),
                requests.path("label").asText(),
                requests.path("image").asText(),
                requests.path("plan").asText(defaultPlan),
                Fields.text(requests, "secret"),
                requests.has("interval") ? Fields.duration(requests, "interval") : null,
                requests.has("api") ? URI.create(requests.path("api").asText()) : null);
    }
}
