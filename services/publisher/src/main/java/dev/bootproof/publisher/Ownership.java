package dev.bootproof.publisher;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.kafka.KafkaConsumerRebalanceListener;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** Who gets a run's verdict tells others of it, so the consumer group shares the telling among the replicas. */
@ApplicationScoped
@Identifier("ownership")
class Ownership implements KafkaConsumerRebalanceListener {
    private final Teller teller;

    Ownership(Teller teller) {
        this.teller = teller;
    }

    @Override
    public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        teller.take(partitions);
    }

    @Override
    public void onPartitionsRevoked(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        teller.leave(partitions);
    }

    @Override
    public void onPartitionsLost(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        teller.leave(partitions);
    }
}
