package dev.bootproof.diskbuilder;

import dev.bootproof.catalog.Catalog;
import dev.bootproof.events.CleanupDue;
import dev.bootproof.events.Digest;
import dev.bootproof.events.DigestChanged;
import dev.bootproof.events.Download;
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
import java.util.Optional;

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
        Download download = plan.recipe().download();
        Digest digest = download == null ? digest(event) : published(event, plan, download);
        return new Pins(
                event.image(),
                digest,
                download == null ? images.platform(event.image().at(digest)) : digest,
                plan,
                event.stream(),
                event.generation(),
                event.trigger() == null ? Trigger.MANUAL : event.trigger(),
                event.change(),
                event.keep(),
                event.canary());
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
        Plan plan = event.plan() == null ? catalog.planFor(event.image()) : catalog.plan(event.plan());
        if (event.suites() == null) {
            return plan;
        }
        if (event.suites().isEmpty()) {
            throw new MalformedEvent(
                    "suites", "\"suites\" names none: name suites of the plan, or leave it out for all");
        }
        return plan.only(event.suites());
    }

    private Digest digest(DigestChanged event) {
        return named(event).orElseGet(() -> images.resolve(event.image()));
    }

    /** What a plan downloads is fixed by its checksum; the reference only names it and no registry is asked. */
    private static Digest published(DigestChanged event, Plan plan, Download download) {
        if (named(event).filter(digest -> !digest.equals(download.checksum())).isPresent()) {
            throw new MalformedEvent(
                    "digest",
                    "\"digest\" is not what the plan " + plan.name() + " downloads: leave it out, or write "
                            + download.checksum());
        }
        return download.checksum();
    }

    private static Optional<Digest> named(DigestChanged event) {
        Optional<Digest> inImage = Optional.ofNullable(event.image().digest());
        Optional<Digest> beside = Optional.ofNullable(event.digest());
        if (inImage.isPresent() && beside.isPresent() && !inImage.equals(beside)) {
            throw new MalformedEvent(
                    "digest", "\"digest\" is not the digest in \"image\": write one of them, or the same twice");
        }
        return beside.or(() -> inImage);
    }
}
