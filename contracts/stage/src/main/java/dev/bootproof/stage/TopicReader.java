package dev.bootproof.stage;

import dev.bootproof.events.Topic;
import io.quarkus.logging.Log;
import java.io.Closeable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Reads whole topics, from their beginning and for ever, outside any consumer group: the way to a view that every
 * replica has for itself.
 *
 * <p>Failure: a broker that is away is waited for. What the handler throws is logged and the next record is read.
 */
public final class TopicReader implements Closeable {
    private static final Duration POLL = Duration.ofMillis(250);

    private final List<TopicPartition> partitions;
    private final Consumer<ConsumerRecord<String, byte[]>> handler;
    private final KafkaConsumer<String, byte[]> consumer;
    private final Admin admin;
    private final Map<TopicPartition, Long> positions = new ConcurrentHashMap<>();
    private final Object moved = new Object();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile boolean reading;
    private volatile boolean closing;

    /**
     * @param servers the broker's addresses
     * @param topics what to read
     * @param handler is given every record, on one thread, in the order of each partition
     */
    public TopicReader(String servers, List<Topic> topics, Consumer<ConsumerRecord<String, byte[]>> handler) {
        this.handler = handler;
        this.partitions = topics.stream().flatMap(TopicReader::partitions).toList();
        Properties common = new Properties();
        common.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, servers);
        common.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, "1000");
        this.admin = Admin.create(common);
        Properties configuration = new Properties();
        configuration.putAll(common);
        configuration.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        configuration.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        configuration.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        this.consumer = new KafkaConsumer<>(configuration, new StringDeserializer(), new ByteArrayDeserializer());
    }

    private static Stream<TopicPartition> partitions(Topic topic) {
        return IntStream.range(0, Topic.PARTITIONS).mapToObj(n -> new TopicPartition(topic.topicName(), n));
    }

    /** Begins to read, on a thread of its own. */
    public void start() {
        reading = true;
        Thread.ofPlatform().name("topic-reader").daemon().start(this::read);
    }

    private void read() {
        try {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (!closing) {
                pollOnce();
            }
        } finally {
            consumer.close();
            stopped.countDown();
        }
    }

    private void pollOnce() {
        try {
            consumer.poll(POLL).forEach(this::handle);
            for (TopicPartition partition : partitions) {
                positions.put(partition, consumer.position(partition));
            }
            synchronized (moved) {
                moved.notifyAll();
            }
        } catch (WakeupException e) {
            Log.debugf(
                    "the reader of %s was woken to stop", partitions.getFirst().topic());
        } catch (KafkaException e) {
            Log.warnf("cannot read %s yet: %s", partitions.getFirst().topic(), e.getMessage());
        }
    }

    private void handle(ConsumerRecord<String, byte[]> entry) {
        try {
            handler.accept(entry);
        } catch (RuntimeException e) {
            Log.errorf(
                    e,
                    "a record was passed over topic=%s partition=%d offset=%d",
                    entry.topic(),
                    entry.partition(),
                    entry.offset());
        }
    }

    /** Waits until everything is read that is in the topics now. */
    public void awaitEnd() {
        awaitEnd(partitions);
    }

    /** Waits until everything is read that is in these partitions now. */
    public void awaitEnd(List<TopicPartition> some) {
        ends(some).forEach(this::awaitOffset);
    }

    private Map<TopicPartition, Long> ends(List<TopicPartition> some) {
        var asked = some.stream().collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
        while (true) {
            try {
                return admin.listOffsets(asked).all().get().entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, entry -> entry.getValue().offset()));
            } catch (InterruptedException e) {
                throw interrupted(e);
            } catch (ExecutionException e) {
                Log.warnf("cannot ask for the end of %s yet: %s", some.getFirst(), e.getMessage());
                pause();
            }
        }
    }

    /** Waits until the records before this offset are read. */
    public void awaitOffset(TopicPartition partition, long offset) {
        try {
            synchronized (moved) {
                while (positions.getOrDefault(partition, -1L) < offset) {
                    refuseWhenClosed();
                    moved.wait(POLL.toMillis());
                }
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Waits a little before the broker is asked again. */
    private void pause() {
        try {
            if (stopped.await(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
                refuseWhenClosed();
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private void refuseWhenClosed() {
        if (closing) {
            throw new IllegalStateException("the reader is closed");
        }
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("interrupted while reading a topic", e);
    }

    @Override
    public void close() {
        closing = true;
        if (reading) {
            consumer.wakeup();
            awaitStop();
        } else {
            consumer.close();
        }
        admin.close(Duration.ZERO);
    }

    private void awaitStop() {
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
