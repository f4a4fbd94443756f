package dev.bootproof.publisher;

import dev.bootproof.events.Digest;
import dev.bootproof.events.EventJson;
import dev.bootproof.events.ImageRef;
import dev.bootproof.events.Names;
import dev.bootproof.events.TestsDone;
import dev.bootproof.registry.Descriptor;
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
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Results in registries: one artifact a run, under the run's tag, written once, referring to the tested digest. It lies
 * beside the image where we may write there and its registry answers in time, else in the results repository.
 *
 * <p>Failure: throws {@link RegistryException}; storing the same verdict again completes what is there.
 */
@ApplicationScoped
class Results {
    private final Registry registry;
    private final MeterRegistry metrics;
    private final ImageRef elsewhere;
    private final Set<String> beside;
    private final Duration besidePatience;
    private final Clock clock;

    Results(Registry registry, MeterRegistry metrics, PublisherConfig config, Clock clock) {
        this.registry = registry;
        this.metrics = metrics;
        this.elsewhere = ImageRef.parse(config.resultsRepository());
        this.beside = config.pushBeside().orElse(Set.of());
        this.besidePatience = config.besidePatience();
        this.clock = clock;
        late();
    }

    /**
     * Where a verdict is stored.
     *
     * @param repository the repository
     * @param digest what the verdict is about
     * @param subject how to refer to that there; null where that is not possible
     */
    record Stored(
            ImageRef repository, Digest digest, @Nullable Descriptor subject) {}

    /** Stores the verdict; empty where the run has another one already or there is no digest to hang it on. */
    Optional<Stored> publish(TestsDone done) {
        if (done.digest() == null) {
            Log.infof("no digest to hang the result on runId=%s", done.runId());
            return Optional.empty();
        }
        ImageRef image = done.image().at(done.digest());
        if (!beside.contains(image.registry()) || storedElsewhere(done)) {
            return publish(done, image, elsewhere);
        }
        try {
            return publish(done, image, image);
        } catch (RegistryException e) {
            if (!goesElsewhere(done, image, e.kind())) {
                throw e;
            }
            Log.warnf("not possible beside the image, stored elsewhere runId=%s: %s", done.runId(), e.getMessage());
            return publish(done, image, elsewhere);
        }
    }

    /** A run has one result: what was once stored elsewhere stays there, so that a later verdict finds it. */
    private boolean storedElsewhere(TestsDone done) {
        try {
            return registry.find(elsewhere.tagged(Names.resultTag(done.runId())))
                    .isPresent();
        } catch (RegistryException e) {
            Log.debugf("cannot be looked for elsewhere runId=%s: %s", done.runId(), e.getMessage());
            return false;
        }
    }

    private boolean goesElsewhere(TestsDone done, ImageRef image, Kind why) {
        return switch (why) {
            case REFUSED -> true;
            case UNAVAILABLE, NOT_FOUND, MISMATCH ->
                !image.registry().equals(elsewhere.registry())
                        && clock.instant().isAfter(done.finishedAt().plus(besidePatience));
        };
    }

    private Optional<Stored> publish(TestsDone done, ImageRef image, ImageRef repository) {
        byte[] body = EventJson.write(done);
        ImageRef tag = repository.tagged(Names.resultTag(done.runId()));
        Optional<Digest> stored = registry.find(tag).flatMap(ResultArtifact::verdict);
        if (stored.isPresent() && !stored.get().equals(Digest.of(body))) {
            late().increment();
            Log.infof("late verdict ignored runId=%s", done.runId());
            return Optional.empty();
        }
        Stored where = new Stored(repository, new Digest(image.reference()), subject(image, repository));
        ImageRef result = push(tag, done, body, where.subject());
        if (stored.isEmpty()) {
            metrics.counter(
                            "bootproof.results.published",
                            "verdict",
                            done.verdict().word())
                    .increment();
        }
        Log.infof("result stored runId=%s digest=%s result=%s", done.runId(), done.digest(), result);
        return Optional.of(where);
    }

    private ImageRef push(ImageRef tag, TestsDone done, byte[] body, @Nullable Descriptor subject) {
        try {
            Path file = Files.createTempFile("bootproof-result", ".json");
            try {
                Files.write(file, body);
                return registry.push(tag, ResultArtifact.of(done, file, subject));
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("no room for a temporary file", e);
        }
    }

    /**
     * What the result refers to; null where the registry does not have it any more or keeps it from us, or is away and
     * the result goes elsewhere: anybody can name a registry that does not exist, and nobody waits for it.
     */
    private @Nullable Descriptor subject(ImageRef image, ImageRef repository) {
        try {
            return registry.descriptor(image);
        } catch (RegistryException e) {
            if (e.kind() == Kind.UNAVAILABLE && repository.equals(image)) {
                throw e;
            }
            Log.warnf("the tested digest cannot be referred to: %s", e.getMessage());
            return null;
        }
    }

    private Counter late() {
        return metrics.counter("bootproof.late.verdicts");
    }
}
