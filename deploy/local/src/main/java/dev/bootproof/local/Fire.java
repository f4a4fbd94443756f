package dev.bootproof.local;

import dev.bootproof.events.DigestChanged;
import dev.bootproof.events.EventJson;
import dev.bootproof.events.ImageRef;
import dev.bootproof.events.MalformedEvent;
import dev.bootproof.events.RunId;
import dev.bootproof.events.Trigger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Fires a run, as a person does who types the event.
 *
 * @param bootstrap the broker's address
 */
record Fire(String bootstrap) {
    private static final int LIMIT_SECONDS = 20;

    /**
     * What the event for this image says.
     *
     * @param plan another plan than the image's own
     * @param keep how long its machine is kept after the verdict
     * @param suites the only suites to run
     * @throws Trouble where the text is no image reference, or the machine would be kept too long
     */
    static DigestChanged event(
            String image, @Nullable String plan, @Nullable Duration keep, @Nullable List<String> suites) {
        try {
            return new DigestChanged(ImageRef.parse(image), null, plan, null, null, Trigger.MANUAL, null, keep, suites);
        } catch (MalformedEvent e) {
            throw Trouble.usage(String.valueOf(e.getMessage()), "nothing was sent");
        }
    }

    /** Writes the event and says which run it is. */
    RunId send(DigestChanged event) {
        return send(null, EventJson.write(event), event);
    }

    /** Writes a body that says this event, under this key, and says which run it is. */
    RunId send(@Nullable String key, byte[] body, DigestChanged event) {
        Map<String, Object> settings = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                LIMIT_SECONDS * 1000);
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            var message = new ProducerRecord<String, byte[]>(event.topic().topicName(), key, body);
            RecordMetadata place = producer.send(message).get(LIMIT_SECONDS, TimeUnit.SECONDS);
            return event.runId(place.partition(), place.offset(), place.timestamp());
        } catch (ExecutionException | TimeoutException e) {
            throw Trouble.lab("the broker did not take the event: " + e.getMessage(), "./bootproof status says more");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Trouble.lab("interrupted", "./bootproof runs says whether the run began");
        }
    }
}
