package dev.bootproof.janitor;

import dev.bootproof.events.CleanupDue;
import dev.bootproof.events.Fault;
import dev.bootproof.events.Lease;
import dev.bootproof.events.Pins;
import dev.bootproof.stage.LeaseBook;
import dev.bootproof.stage.Traces;
import dev.bootproof.stage.Verdicts;
import io.opentelemetry.api.trace.SpanKind;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Objects;

/** Ends the runs whose deadline passed without a verdict. */
@ApplicationScoped
class Deadline {
    private final LeaseBook book;
    private final Verdicts verdicts;
    private final Leases leases;
    private final Traces traces;

    Deadline(LeaseBook book, Verdicts verdicts, Leases leases, Traces traces) {
        this.book = book;
        this.verdicts = verdicts;
        this.leases = leases;
        this.traces = traces;
    }

    /** Ends the run of a held lease that is overdue: by its verdict if it has one, else by one that names the stage. */
    void pass(Lease lease) {
        traces.span("deadline", SpanKind.INTERNAL, book.context(lease.runId()), lease.runId(), () -> {
            book.fresh(lease.runId());
            if (!book.decided(lease.runId())) {
                Pins pins = Objects.requireNonNull(lease.pins(), "a held lease has pins");
                verdicts.end(lease.runId(), pins, Fault.DEADLINE, evidence(lease), List.of());
            }
            return leases.end(lease.runId(), Fault.DEADLINE.verdict());
        });
    }

    private static String evidence(Lease lease) {
        CleanupDue last = lease.lines().getLast();
        return "%s had phase %d since %s and should have been done by %s"
                .formatted(last.by().word(), last.phase(), last.at(), lease.until());
    }
}
