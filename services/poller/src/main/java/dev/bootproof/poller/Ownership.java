package dev.bootproof.poller;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.kafka.KafkaConsumerRebalanceListener;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** Who gets the hints of a stream watches the stream, so the consumer group shares the streams among the replicas. */
@ApplicationScoped
@Identifier("ownership")
class Ownership implements KafkaConsumerRebalanceListener {
    private final Watches watches;

    Ownership(Watches watches) {
        this.watches = watches;
    }

    @Override
    public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        watches.take(partitions);
    }

    @Override
    public void onPartitionsRevoked(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        watches.leave(partitions);
    }

    @Override
    public void onPartitionsLost(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        watches.leave(partitions);
    }
}
