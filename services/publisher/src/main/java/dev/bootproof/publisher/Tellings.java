package dev.bootproof.publisher;

import dev.bootproof.events.Lease;
import dev.bootproof.events.Pins;
import dev.bootproof.events.TestsDone;
import dev.bootproof.events.Verdict;
import dev.bootproof.stage.LeaseBook;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.health.Readiness;
import org.jspecify.annotations.Nullable;

/** Who is to be told of a verdict: the targets of the plan that the run's lease pins. */
@ApplicationScoped
class Tellings {
    private final LeaseBook leases;
    private final BusView view;
    private final RunBook runs;
    private final Clock clock;
    private final URI pages;

    Tellings(LeaseBook leases, @Readiness BusView view, RunBook runs, Clock clock, PublisherConfig config) {
        this.leases = leases;
        this.view = view;
        this.runs = runs;
        this.clock = clock;
        this.pages = config.url();
    }

    List<Telling> of(TestsDone done) {
        Optional<Lease> lease = leases.fresh(done.runId());
        Pins pins = lease.map(Lease::pins).orElse(null);
        if (lease.isEmpty() || pins == null || pins.plan().targets().isEmpty()) {
            return List.of();
        }
        URI page = pages.resolve("/runs/" + done.runId());
        Facts facts = Facts.of(done, lease.get(), pins, previous(done), page);
        return pins.plan().targets().stream()
                .map(target -> Telling.begin(target, facts, clock.instant()))
                .toList();
    }

    /** How the stream's last run ended before this one, of those that were not passed over. */
    private @Nullable Verdict previous(TestsDone done) {
        view.refresh();
        String stream = Facts.stream(done);
        return runs.runs(story -> story.ofStream(stream), Integer.MAX_VALUE).stream()
                .map(RunStory::testsDone)
                .flatMap(Stream::ofNullable)
                .filter(other ->
                        other.verdict() != Verdict.SKIPPED && !other.runId().equals(done.runId()))
                .filter(other -> !other.finishedAt().isAfter(done.finishedAt()))
                .max(Comparator.comparing(TestsDone::finishedAt))
                .map(TestsDone::verdict)
                .orElse(null);
    }
}
