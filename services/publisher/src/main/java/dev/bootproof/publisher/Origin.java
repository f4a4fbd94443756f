package dev.bootproof.publisher;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bootproof.events.Change;
import dev.bootproof.events.EventJson;
import dev.bootproof.events.ImageRef;
import dev.bootproof.registry.ManifestView;
import dev.bootproof.registry.Registry;
import dev.bootproof.registry.RegistryException;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The commit that an image was made from: what the trigger said, else what the image says of itself in the annotations
 * or labels of the OCI image specification.
 *
 * <p>Failure: throws {@link RegistryException}.
 */
@ApplicationScoped
class Origin {
    /** What is said where there is no commit. */
    static final String UNKNOWN = "the image does not say which commit on GitHub it was made from: give it the labels"
            + " org.opencontainers.image.source and org.opencontainers.image.revision";

    private static final String LABEL = "org.opencontainers.image.";
    private static final Pattern SOURCE = Pattern.compile("(?:git\\+)?(?:https://|git@)github\\.com[/:]"
            + "(?<repository>[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+?)(?:\\.git)?(?:[/#?].*)?");
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

    private final Registry registry;

    Origin(Registry registry) {
        this.registry = registry;
    }

    Optional<Change> of(Facts facts) {
        if (facts.change() != null) {
            return Optional.of(facts.change());
        }
        ImageRef image = facts.image().at(facts.platformDigest());
        return registry.find(image)
                .flatMap(manifest -> said(manifest.annotations()).or(() -> said(labels(image, manifest))));
    }

    private static Optional<Change> said(Map<String, String> about) {
        Matcher source = SOURCE.matcher(about.getOrDefault(LABEL + "source", ""));
        String commit = about.getOrDefault(LABEL + "revision", "");
        return source.matches() && COMMIT.matcher(commit).matches()
                ? Optional.of(new Change(source.group("repository"), null, commit))
                : Optional.empty();
    }

    private Map<String, String> labels(ImageRef image, ManifestView manifest) {
        Map<String, String> labels = new TreeMap<>();
        if (manifest.config() != null && manifest.config().size() > 2) {
            try {
                JsonNode config = EventJson.mapper().readTree(registry.bytes(image, manifest.config()));
                config.path("config")
                        .path("Labels")
                        .properties()
                        .forEach(label ->
                                labels.put(label.getKey(), label.getValue().asText()));
            } catch (IOException e) {
                return Map.of();
            }
        }
        return labels;
    }
}
