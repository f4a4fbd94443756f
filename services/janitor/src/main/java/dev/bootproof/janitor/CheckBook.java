package dev.bootproof.janitor;

import dev.bootproof.events.CleanupDue;
import dev.bootproof.events.MalformedEvent;
import dev.bootproof.stage.LeaseBook;
import dev.bootproof.stage.Reading;
import dev.bootproof.stage.Rejections;
import dev.bootproof.stage.Stopping;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * A line of the lease book that cannot be read is put aside, and the held run that it names ends with the same reason.
 * Everybody reads the book and passes over what cannot be read; only here is it complained about, once.
 */
@ApplicationScoped
class CheckBook {
    private final LeaseBook book;
    private final Rejections rejections;
    private final Stopping stopping;

    CheckBook(LeaseBook book, Rejections rejections, Stopping stopping) {
        this.book = book;
        this.rejections = rejections;
        this.stopping = stopping;
    }

    @Incoming("cleanup-due")
    @RunOnVirtualThread
    void on(ConsumerRecord<String, byte[]> line) {
        stopping.guard(() -> check(line));
    }

    /** A line without a body forgets a run that is long over. */
    private void check(ConsumerRecord<String, byte[]> line) {
        if (line.value() == null) {
            return;
        }
        try {
            CleanupDue _ = Reading.event(line, CleanupDue.class);
        } catch (MalformedEvent e) {
            book.awaitCaughtUp();
            rejections.reject(line, e);
        }
    }
}
