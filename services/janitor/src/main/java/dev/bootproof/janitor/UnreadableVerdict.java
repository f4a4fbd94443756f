package dev.bootproof.janitor;

import dev.bootproof.events.Fault;
import dev.bootproof.events.Lease;
import dev.bootproof.events.MalformedEvent;
import dev.bootproof.events.RunId;
import dev.bootproof.stage.DeadLetters;
import dev.bootproof.stage.LeaseBook;
import dev.bootproof.stage.Verdicts;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** A verdict that cannot be read: the run it was of gets one that can, and the record is put aside. */
@ApplicationScoped
class UnreadableVerdict {
    private final LeaseBook book;
    private final Verdicts verdicts;
    private final DeadLetters deadLetters;

    UnreadableVerdict(LeaseBook book, Verdicts verdicts, DeadLetters deadLetters) {
        this.book = book;
        this.verdicts = verdicts;
        this.deadLetters = deadLetters;
    }

    /** Ends the run that the key names, where it is held, and then puts the record aside. */
    void refuse(ConsumerRecord<String, byte[]> entry, MalformedEvent why) {
        String reason = String.valueOf(why.getMessage());
        held(entry.key()).ifPresent(lease -> {
            var pins = Objects.requireNonNull(lease.pins(), "a held lease has pins");
            verdicts.end(lease.runId(), pins, Fault.LAB_BUG, "a verdict cannot be read: " + reason, List.of());
        });
        deadLetters.send(entry, why);
    }

    private Optional<Lease> held(@Nullable String key) {
        try {
            return book.fresh(new RunId(String.valueOf(key))).filter(Lease::held);
        } catch (MalformedEvent e) {
            return Optional.empty();
        }
    }
}
