package dev.bootproof.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bootproof.events.Target;
import java.net.URI;

/** Makes targets of their part of a catalog in which there is no mistake. */
final class TargetReader {
    private final JsonNode targets;

    TargetReader(JsonNode targets) {
        this.targets = targets;
    }

    Target named(String name) {
        JsonNode target = targets.path(name);
        return new Target(
                name,
                Target.Kind.of(target.path("kind").asText()),
                target.has("url") ? URI.create(target.path("url").asText()) : null,
                Fields.text(target, "repository"),
                Fields.text(target, "secret"),
                Target.On.of(target.path("on").asText("always")));
    }
}
