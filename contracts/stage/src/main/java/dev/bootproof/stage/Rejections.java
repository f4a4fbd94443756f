package dev.bootproof.stage;

import dev.bootproof.events.Fault;
import dev.bootproof.events.Lease;
import dev.bootproof.events.MalformedEvent;
import dev.bootproof.events.RunId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What becomes of a record that cannot be read: the runs that it names end, where they are held, with the same reason,
 * and then it is put aside.
 */
@ApplicationScoped
public class Rejections {
    private final LeaseBook book;
    private final Verdicts verdicts;
    private final DeadLetters deadLetters;
    private final Set<RunId> ended = ConcurrentHashMap.newKeySet();

    Rejections(LeaseBook book, Verdicts verdicts, DeadLetters deadLetters) {
        this.book = book;
        this.verdicts = verdicts;
        this.deadLetters = deadLetters;
    }

    /** Ends the runs that a record names and puts it aside. */
    public void reject(ConsumerRecord<String, byte[]> entry, MalformedEvent why) {
        Reading.runsOf(entry).stream()
                .flatMap(run -> book.live(run).stream())
                .forEach(lease -> end(lease, entry.topic(), why));
        deadLetters.send(entry, why);
    }

    /**
     * The same for a verdict: one that cannot be read stops the work for its run as any other does, though nobody knows
     * how it ended. Of several the first ends it.
     */
    public void rejectVerdict(ConsumerRecord<String, byte[]> entry, MalformedEvent why) {
        Reading.runsOf(entry).stream()
                .flatMap(run -> book.fresh(run).filter(Lease::held).stream())
                .filter(lease -> ended.add(lease.runId()))
                .forEach(lease -> end(lease, entry.topic(), why));
        deadLetters.send(entry, why);
    }

    private void end(Lease lease, String topic, MalformedEvent why) {
        RunId run = lease.runId();
        var pins = Objects.requireNonNull(lease.pins(), "a held lease has pins");
        verdicts.end(run, pins, Fault.LAB_BUG, "its " + topic + " cannot be read: " + why.getMessage(), List.of());
    }
}
