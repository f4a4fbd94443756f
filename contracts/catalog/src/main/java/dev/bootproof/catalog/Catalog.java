package dev.bootproof.catalog;

import dev.bootproof.events.ImageRef;
import dev.bootproof.events.MalformedEvent;
import dev.bootproof.events.Plan;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which streams are watched, and what is done with a new digest.
 *
 * @param plans the plans by their names
 * @param defaultPlan the name of the plan for images that name none
 * @param streams the streams, as the catalog lists them
 * @param pullRequests the pull requests, as the catalog lists them
 */
public record Catalog(
        SortedMap<String, Plan> plans,
        String defaultPlan,
        List<WatchedStream> streams,
        List<PullRequests> pullRequests) {
    public Catalog {
        plans = Collections.unmodifiableSortedMap(new TreeMap<>(plans));
        streams = List.copyOf(streams);
        pullRequests = List.copyOf(pullRequests);
    }

    /** A catalog that watches no pull requests. */
    public Catalog(SortedMap<String, Plan> plans, String defaultPlan, List<WatchedStream> streams) {
        this(plans, defaultPlan, streams, List.of());
    }

    /**
     * Reads a catalog.
     *
     * @param variables what {@code ${NAME}} in it stands for
     * @throws BadCatalog with every mistake in it
     */
    public static Catalog load(Path file, Map<String, String> variables) {
        return CatalogReader.read(YamlSource.read(file, variables));
    }

    /**
     * The plan of this name.
     *
     * @throws MalformedEvent saying which plans there are
     */
    public Plan plan(String name) {
        Plan plan = plans.get(name);
        if (plan == null) {
            throw new MalformedEvent(
                    "plan", "the catalog has no plan called " + name + "; it has " + String.join(", ", plans.keySet()));
        }
        return plan;
    }

    /** The plan for this image: that of its stream, else the default. */
    public Plan planFor(ImageRef image) {
        return streams.stream()
                .filter(stream -> stream.name().equals(image.stream()))
                .findFirst()
                .map(stream -> plan(stream.plan()))
                .orElseGet(() -> plan(defaultPlan));
    }
}
