package dev.bootproof.events;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** The topics, declared once: the lab creates them so, and clusters render them so. Broker-side creation stays off. */
public enum Topic {
    /** This stream now points at this digest. Key: the stream. */
    DIGEST_CHANGED("digest-changed", Duration.ofDays(7), false),
    /** The disks of a phase exist. Key: the run. */
    DISK_READY("disk-ready", Duration.ofDays(2), false),
    /** A machine is up. Key: the run. */
    VM_READY("vm-ready", Duration.ofDays(2), false),
    /** The verdict. Key: the run. */
    TESTS_DONE("tests-done", Duration.ofDays(90), false),
    /** The lease book. Key: the run. */
    CLEANUP_DUE("cleanup-due", Duration.ofDays(14), true),
    /** The poller's memory of each stream. Key: the stream. */
    POLLER_STATE("poller-state", Duration.ofDays(14), true),
    /** Look at this stream soon; on its way to the replica that owns it. Key: the stream. */
    POLLER_HINTS("poller-hints", Duration.ofDays(1), false),
    /** Who was told of a verdict, and who is still to be told. Key: the run, a slash, the target. */
    PUBLISHER_STATE("publisher-state", Duration.ofDays(14), true),
    DIGEST_CHANGED_DLQ("digest-changed.dlq", Duration.ofDays(30), false),
    DISK_READY_DLQ("disk-ready.dlq", Duration.ofDays(30), false),
    VM_READY_DLQ("vm-ready.dlq", Duration.ofDays(30), false),
    TESTS_DONE_DLQ("tests-done.dlq", Duration.ofDays(30), false),
    CLEANUP_DUE_DLQ("cleanup-due.dlq", Duration.ofDays(30), false);

    /** Partitions of every topic. */
    public static final int PARTITIONS = 12;

    /** The largest record the bus takes, in bytes: what is larger is evidence and lies in the registry. */
    public static final int MAX_MESSAGE_BYTES = 1 << 20;

    /** The largest record of a dead-letter topic, in bytes: the largest that there is, and what is said about it. */
    public static final int MAX_DEAD_LETTER_BYTES = MAX_MESSAGE_BYTES + (64 << 10);

    private static final Duration COMPACTION_LAG = Duration.ofHours(24);

    private final String topicName;
    private final Duration retention;
    private final boolean compacted;

    Topic(String topicName, Duration retention, boolean compacted) {
        this.topicName = topicName;
        this.retention = retention;
        this.compacted = compacted;
    }

    /** The name on the broker. */
    public String topicName() {
        return topicName;
    }

    /** How long a record is kept; of a compacted topic, how long a removed key is remembered. */
    public Duration retention() {
        return retention;
    }

    /** Whether only the last record of a key is kept in the end. */
    public boolean compacted() {
        return compacted;
    }

    /** Where a record of this topic goes that cannot be assigned to a run. */
    public Topic deadLetters() {
        return valueOf(name() + "_DLQ");
    }

    private int maxBytes() {
        return topicName.endsWith(".dlq") ? MAX_DEAD_LETTER_BYTES : MAX_MESSAGE_BYTES;
    }

    /** The broker's configuration of this topic, in Kafka's own names. */
    public Map<String, String> configuration() {
        Map<String, String> configuration = new LinkedHashMap<>();
        configuration.put("max.message.bytes", String.valueOf(maxBytes()));
        if (compacted) {
            configuration.put("cleanup.policy", "compact");
            configuration.put("min.compaction.lag.ms", String.valueOf(COMPACTION_LAG.toMillis()));
            configuration.put("delete.retention.ms", String.valueOf(retention.toMillis()));
        } else {
            configuration.put("cleanup.policy", "delete");
            configuration.put("retention.ms", String.valueOf(retention.toMillis()));
        }
        return configuration;
    }

    /** The topic of this name. */
    public static Topic named(String name) {
        return Arrays.stream(values())
                .filter(topic -> topic.topicName.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no topic is called " + name));
    }
}
