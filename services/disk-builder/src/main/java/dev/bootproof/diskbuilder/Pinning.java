package dev.bootproof.diskbuilder;

import dev.bootproof.catalog.Catalog;
import dev.bootproof.events.CleanupDue;
import dev.bootproof.events.Digest;
import dev.bootproof.events.DigestChanged;
import dev.bootproof.events.ImageRef;
import dev.bootproof.events.Lease;
import dev.bootproof.events.MalformedEvent;
import dev.bootproof.events.Pins;
import dev.bootproof.events.Plan;
import dev.bootproof.events.RunId;
import dev.bootproof.events.Stage;
import dev.bootproof.events.Trigger;
import dev.bootproof.stage.LeaseBook;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Fixes what a run is about, once: the digest, the manifest that boots, the plan. From then on no tag is asked again. */
@ApplicationScoped
class Pinning {
    private final Catalogs catalogs;
    private final Images images;
    private final LeaseBook book;
    private final Clock clock;

    Pinning(Catalogs catalogs, Images images, LeaseBook book, Clock clock) {
        this.catalogs = catalogs;
        this.images = images;
        this.book = book;
        this.clock = clock;
    }

    /**
     * Completes an event.
     *
     * @throws MalformedEvent when it asks for what cannot be
     */
    Pins pin(DigestChanged event) {
        Plan plan = plan(event);
        Digest digest = digest(event);
        return new Pins(
                event.image(),
                digest,
                images.platform(event.image().at(digest)),
                plan,
                event.stream(),
                event.generation(),
                event.trigger() == null ? Trigger.MANUAL : event.trigger());
    }

    /** Writes the first line of the run's lease and returns the lease as everybody now reads it. */
    Lease hold(RunId run, Pins pins) {
        Instant now = clock.instant();
        Instant until = now.plus(pins.plan().remaining(Stage.DISK_BUILDER, 0));
        return book.write(
                new CleanupDue(run, CleanupDue.State.HELD, until, Stage.DISK_BUILDER, 0, now, pins, List.of()));
    }

    private Plan plan(DigestChanged event) {
        Catalog catalog = catalogs.current();
        return event.plan() == null ? catalog.planFor(event.image()) : catalog.plan(event.plan());
    }

    private Digest digest(DigestChanged event) {
        ImageRef image = event.image();
        @Nullable Digest named = image.digest();
        if (named != null && event.digest() != null && !named.equals(event.digest())) {
            throw new MalformedEvent(
                    "digest", "\"digest\" is not the digest in \"image\": write one of them, or the same twice");
        }
        if (event.digest() != null) {
            return event.digest();
        }
        return Objects.requireNonNullElseGet(named, () -> images.resolve(image));
    }
}
