package dev.bootproof.janitor;

import dev.bootproof.events.MalformedEvent;
import dev.bootproof.events.RunId;
import dev.bootproof.events.TestsDone;
import dev.bootproof.stage.LeaseBook;
import dev.bootproof.stage.Reading;
import dev.bootproof.stage.Rejections;
import dev.bootproof.stage.Stopping;
import dev.bootproof.stage.Traces;
import io.opentelemetry.api.trace.SpanKind;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * A verdict becomes a lease that has ended; what is due is cleaned up by the {@link Agenda}.
 *
 * <p>Failure: a verdict that cannot be read goes to the dead-letter topic, and the run it was of is ended with the same
 * reason. Killed or stopped anywhere, the record comes again and finds its line written.
 */
@ApplicationScoped
class CleanUp {
    private final LeaseBook book;
    private final Leases leases;
    private final Rejections rejections;
    private final Traces traces;
    private final Stopping stopping;

    CleanUp(LeaseBook book, Leases leases, Rejections rejections, Traces traces, Stopping stopping) {
        this.book = book;
        this.leases = leases;
        this.rejections = rejections;
        this.traces = traces;
        this.stopping = stopping;
    }

    @Incoming("tests-done")
    @RunOnVirtualThread
    void on(ConsumerRecord<String, byte[]> entry) {
        stopping.guard(() -> take(entry));
    }

    private void take(ConsumerRecord<String, byte[]> entry) {
        book.awaitCaughtUp();
        try {
            TestsDone done = Reading.event(entry, TestsDone.class);
            RunId run = done.runId();
            traces.span(
                    "janitor",
                    SpanKind.CONSUMER,
                    traces.extract(entry.headers()),
                    run,
                    () -> leases.end(run, done.verdict()));
        } catch (MalformedEvent e) {
            rejections.rejectVerdict(entry, e);
        }
    }
}
