package dev.bootproof.stage;

import dev.bootproof.events.Topic;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;

/** Which partition a key lies in: Kafka's own rule for keyed records, murmur2 of the key. */
public final class Partitions {
    private Partitions() {}

    /** The partition of this key in this topic. */
    public static TopicPartition of(Topic topic, String key) {
        int hash = Utils.toPositive(Utils.murmur2(key.getBytes(StandardCharsets.UTF_8)));
        return new TopicPartition(topic.topicName(), hash % Topic.PARTITIONS);
    }
}
