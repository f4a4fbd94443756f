package dev.bootproof.publisher;

import dev.bootproof.events.Digest;
import dev.bootproof.events.EventJson;
import dev.bootproof.events.ImageRef;
import dev.bootproof.events.Names;
import dev.bootproof.events.TestsDone;
import dev.bootproof.registry.Artifact;
import dev.bootproof.registry.Descriptor;
import dev.bootproof.registry.ManifestView;
import dev.bootproof.registry.Registry;
import dev.bootproof.registry.RegistryException;
import dev.bootproof.registry.RegistryException.Kind;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Results in registries: one artifact a run, under the run's tag, written once, referring to the tested digest. It lies
 * beside the image where we may write there, else in the results repository.
 *
 * <p>Failure: throws {@link RegistryException}; storing the same verdict again completes what is there.
 */
@ApplicationScoped
class Results {
    private static final String ANNOTATION = "dev.bootproof.";

    private final Registry registry;
    private final MeterRegistry metrics;
    private final ImageRef elsewhere;
    private final Set<String> beside;

    Results(Registry registry, MeterRegistry metrics, PublisherConfig config) {
        this.registry = registry;
        this.metrics = metrics;
        this.elsewhere = ImageRef.parse(config.resultsRepository());
        this.beside = config.pushBeside().orElse(Set.of());
        late();
    }

    /** Stores the verdict, unless the run has one already or there is no digest to hang it on. */
    void publish(TestsDone done) {
        if (done.digest() == null) {
            Log.infof("no digest to hang the result on runId=%s", done.runId());
            return;
        }
        ImageRef image = done.image().at(done.digest());
        if (!beside.contains(image.registry())) {
            publish(done, image, elsewhere);
            return;
        }
        try {
            publish(done, image, image);
        } catch (RegistryException e) {
            if (e.kind() != Kind.REFUSED) {
                throw e;
            }
            Log.warnf("not allowed beside the image, stored elsewhere runId=%s: %s", done.runId(), e.getMessage());
            publish(done, image, elsewhere);
        }
    }

    private void publish(TestsDone done, ImageRef image, ImageRef repository) {
        byte[] body = EventJson.write(done);
        ImageRef tag = repository.tagged(Names.resultTag(done.runId()));
        Optional<Digest> stored = registry.find(tag).flatMap(Results::verdict);
        if (stored.isPresent() && !stored.get().equals(Digest.of(body))) {
            late().increment();
            Log.infof("late verdict ignored runId=%s", done.runId());
            return;
        }
        ImageRef result = push(tag, done, body, subject(image));
        if (stored.isEmpty()) {
            metrics.counter(
                            "bootproof.results.published",
                            "verdict",
                            done.verdict().word())
                    .increment();
        }
        Log.infof("result stored runId=%s digest=%s result=%s", done.runId(), done.digest(), result);
    }

    private ImageRef push(ImageRef tag, TestsDone done, byte[] body, @Nullable Descriptor subject) {
        try {
            Path file = Files.createTempFile("bootproof-result", ".json");
            try {
                Files.write(file, body);
                var result = new Artifact.File(Names.RUN_RESULT, "application/json", file);
                return registry.push(tag, new Artifact(Names.RESULT_TYPE, List.of(result), annotations(done), subject));
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("no room for a temporary file", e);
        }
    }

    /** What the result refers to; null where the registry does not have it any more or keeps it from us. */
    private @Nullable Descriptor subject(ImageRef image) {
        try {
            return registry.descriptor(image);
        } catch (RegistryException e) {
            if (e.kind() == Kind.UNAVAILABLE) {
                throw e;
            }
            Log.warnf("the tested digest cannot be referred to: %s", e.getMessage());
            return null;
        }
    }

    private static Map<String, String> annotations(TestsDone done) {
        Map<String, String> all = new TreeMap<>();
        all.put("org.opencontainers.image.created", done.finishedAt().toString());
        all.put(ANNOTATION + "run", done.runId().value());
        all.put(ANNOTATION + "verdict", done.verdict().word());
        all.put(ANNOTATION + "reason", done.reason());
        all.put(ANNOTATION + "digest", String.valueOf(done.digest()));
        if (done.platformDigest() != null) {
            all.put(ANNOTATION + "platform-digest", done.platformDigest().value());
        }
        return all;
    }

    private static Optional<Digest> verdict(ManifestView result) {
        return result.layers().stream()
                .filter(layer -> Names.RUN_RESULT.equals(layer.title()))
                .map(Descriptor::digest)
                .findFirst();
    }

    private Counter late() {
        return metrics.counter("bootproof.late.verdicts");
    }
}
