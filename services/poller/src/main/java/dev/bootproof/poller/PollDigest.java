package dev.bootproof.poller;

import dev.bootproof.events.Trigger;
import dev.bootproof.stage.Stopping;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * A hint that a stream may have moved becomes a look at it; a stream that moved becomes {@code digest-changed}.
 *
 * <p>Failure: a hint that is lost or says nothing is made good by the next look on the stream's interval.
 */
@ApplicationScoped
class PollDigest {
    private final Watches watches;
    private final Stopping stopping;

    PollDigest(Watches watches, Stopping stopping) {
        this.watches = watches;
        this.stopping = stopping;
    }

    @Incoming("poller-hints")
    @RunOnVirtualThread
    void on(ConsumerRecord<String, byte[]> hint) {
        if (hint.key() != null) {
            stopping.guard(() -> watches.wake(hint.key(), Trigger.PUSH));
        }
    }
}
