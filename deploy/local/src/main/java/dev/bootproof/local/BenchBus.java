package dev.bootproof.local;

import dev.bootproof.events.CleanupDue;
import dev.bootproof.events.DigestChanged;
import dev.bootproof.events.EventJson;
import dev.bootproof.events.RunId;
import dev.bootproof.events.TestsDone;
import dev.bootproof.events.Topic;
import dev.bootproof.events.VmReady;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Listens to the bus and notes when what of a run was written, by the clock of who wrote it. */
final class BenchBus implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final List<Topic> TOPICS =
            List.of(Topic.DIGEST_CHANGED, Topic.DISK_READY, Topic.VM_READY, Topic.TESTS_DONE, Topic.CLEANUP_DUE);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final ConcurrentMap<String, BenchRun> runs = new ConcurrentHashMap<>();
    private final Thread reader;
    private volatile boolean closed;

    private BenchBus(KafkaConsumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
        this.reader = Thread.ofVirtual().unstarted(this::read);
    }

    /** From now on. */
    static BenchBus listen(String bootstrap) {
        KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = TOPICS.stream()
                .flatMap(topic -> Stream.iterate(0, n -> n < Topic.PARTITIONS, n -> n + 1)
                        .map(n -> new TopicPartition(topic.topicName(), n)))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        BenchBus bus = new BenchBus(consumer);
        bus.reader.start();
        return bus;
    }

    /** What is known of a run so far. */
    BenchRun run(String run) {
        return runs.getOrDefault(run, BenchRun.UNKNOWN);
    }

    /** All runs that were heard of. */
    List<BenchRun> all() {
        return List.copyOf(runs.values());
    }

    private void read() {
        while (!closed) {
            consumer.poll(POLL).forEach(this::note);
        }
        consumer.close();
    }

    private void note(ConsumerRecord<byte[], byte[]> entry) {
        if (entry.value() == null) {
            return;
        }
        Instant at = Instant.ofEpochMilli(entry.timestamp());
        switch (Topic.named(entry.topic())) {
            case DIGEST_CHANGED -> {
                DigestChanged event = EventJson.read(entry.value(), DigestChanged.class);
                RunId run = event.runId(entry.partition(), entry.offset(), entry.timestamp());
                with(run, known -> known.asked(run, at));
            }
            case DISK_READY -> with(key(entry), known -> known.diskReady(at));
            case VM_READY -> {
                VmReady event = EventJson.read(entry.value(), VmReady.class);
                with(event.runId(), known -> known.vmReady(at, event));
            }
            case TESTS_DONE -> {
                TestsDone event = EventJson.read(entry.value(), TestsDone.class);
                with(event.runId(), known -> known.done(at, event));
            }
            default -> {
                CleanupDue line = EventJson.read(entry.value(), CleanupDue.class);
                with(line.runId(), known -> known.line(line));
            }
        }
    }

    private static RunId key(ConsumerRecord<byte[], byte[]> entry) {
        return new RunId(new String(entry.key(), StandardCharsets.UTF_8));
    }

    private void with(RunId run, UnaryOperator<BenchRun> change) {
        runs.compute(run.value(), (_, before) -> change.apply(before == null ? BenchRun.UNKNOWN : before));
    }

    @Override
    public void close() {
        closed = true;
        try {
            reader.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
