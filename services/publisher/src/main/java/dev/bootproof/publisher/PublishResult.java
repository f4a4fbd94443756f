package dev.bootproof.publisher;

import dev.bootproof.events.MalformedEvent;
import dev.bootproof.events.TestsDone;
import dev.bootproof.stage.Reading;
import dev.bootproof.stage.Stopping;
import dev.bootproof.stage.Traces;
import io.opentelemetry.api.trace.SpanKind;
import io.quarkus.logging.Log;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * tests-done becomes a result in a registry and a signed verdict, both hung on the tested digest. The first verdict of a
 * run counts; the run's lease does not matter any more.
 *
 * <p>Failure: while a registry does not take the result, the record is kept and tried again, for ever; when the service
 * stops meanwhile, by whoever starts next. A verdict that cannot be read is passed over: the
 * janitor puts it aside.
 */
@ApplicationScoped
class PublishResult {
    private final Results results;
    private final Signatures signatures;
    private final Pictures pictures;
    private final Tellings tellings;
    private final Teller teller;
    private final Persistence persistence;
    private final Traces traces;
    private final Stopping stopping;

    PublishResult(
            Results results,
            Signatures signatures,
            Pictures pictures,
            Tellings tellings,
            Teller teller,
            Persistence persistence,
            Traces traces,
            Stopping stopping) {
        this.results = results;
        this.signatures = signatures;
        this.pictures = pictures;
        this.tellings = tellings;
        this.teller = teller;
        this.persistence = persistence;
        this.traces = traces;
        this.stopping = stopping;
    }

    @Incoming("tests-done")
    @RunOnVirtualThread
    void on(ConsumerRecord<String, byte[]> entry) {
        stopping.guard(() -> take(entry));
    }

    private void take(ConsumerRecord<String, byte[]> entry) {
        read(entry)
                .ifPresent(done -> traces.span(
                        "publisher",
                        SpanKind.CONSUMER,
                        traces.extract(entry.headers()),
                        done.runId(),
                        () -> publish(done)));
    }

    private boolean publish(TestsDone done) {
        AtomicBoolean counts = new AtomicBoolean(done.digest() == null);
        persistence.untilItWorks(
                done.runId(),
                () -> results.publish(done).ifPresent(where -> {
                    signatures.hang(done, where);
                    counts.set(true);
                }));
        if (counts.get()) {
            pictures.move(done);
            teller.tell(tellings.of(done));
        }
        return true;
    }

    private static Optional<TestsDone> read(ConsumerRecord<String, byte[]> entry) {
        try {
            return Optional.of(Reading.event(entry, TestsDone.class));
        } catch (MalformedEvent e) {
            Log.infof("passed over, the janitor puts it aside offset=%d: %s", entry.offset(), e.getMessage());
            return Optional.empty();
        }
    }
}
