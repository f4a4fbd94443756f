package dev.bootproof.chaos;

import dev.bootproof.events.DigestChanged;
import dev.bootproof.events.EventJson;
import dev.bootproof.events.ImageRef;
import dev.bootproof.events.Trigger;
import dev.bootproof.registry.Registry;
import dev.bootproof.registry.RegistryOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Fires runs: events as a person types them, and pushes to watched streams. */
final class Shots implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int PUSHES_IN = 10;

    private final KafkaProducer<byte[], byte[]> producer;
    private final Registry registry = new Registry(new RegistryOptions(Set.of(), PATIENCE));
    private final Repertoire repertoire;
    private final Path images;
    private final ImageRef typed;
    private int pushed;

    /**
     * @param bootstrap the broker
     * @param repertoire what is played
     * @param images where layouts are written; of real machines, the layout that they boot
     */
    Shots(String bootstrap, Repertoire repertoire, Path images) {
        this.repertoire = repertoire;
        this.images = images;
        this.typed = ImageRef.parse(repertoire.registry() + "/standin:latest");
        this.producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrap,
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                        600_000,
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        600_000),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Publishes the image that typed events name. */
    void prepare() throws IOException {
        Path layout = repertoire.real() ? images : TinyImage.write(images.resolve("first"), "first");
        registry.pushLayout(layout, typed);
    }

    /**
     * Fires once: in one of ten cases by a push.
     *
     * @return whether an event was written, which is one run for sure
     */
    boolean fire(RandomGenerator random) {
        if (repertoire.real() || random.nextInt(PUSHES_IN) != 0) {
            type(repertoire.drawn(random));
            return true;
        }
        String stream = repertoire.drawnStream(random);
        pushed++;
        try {
            push(ImageRef.parse(stream), "push-" + pushed);
        } catch (IOException | RuntimeException e) {
            // The registry is away just now: nothing was published, so nothing is owed.
            return false;
        }
        return false;
    }

    private void type(String plan) {
        DigestChanged event = new DigestChanged(typed, null, plan, null, null, Trigger.MANUAL);
        var _ = producer.send(new ProducerRecord<>(event.topic().topicName(), EventJson.write(event)));
    }

    private void push(ImageRef image, String version) throws IOException {
        registry.pushLayout(TinyImage.write(images.resolve(version), version), image);
    }

    @Override
    public void close() {
        producer.close(PATIENCE);
        registry.close();
    }
}
