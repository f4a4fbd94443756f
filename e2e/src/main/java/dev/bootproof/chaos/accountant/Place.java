package dev.bootproof.chaos.accountant;

import dev.bootproof.events.Topic;

/**
 * Where a record lies on the bus.
 *
 * @param topic its topic
 * @param partition its partition
 * @param offset its offset
 */
public record Place(Topic topic, int partition, long offset) {
    @Override
    public String toString() {
        return topic.topicName() + "/" + partition + "@" + offset;
    }
}
