package dev.bootproof.janitor;

import dev.bootproof.events.Topic;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.smallrye.reactive.messaging.kafka.companion.test.EmbeddedKafkaBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.jspecify.annotations.Nullable;

/** A real broker with the lab's topics, and an empty home. */
public class Kafka implements QuarkusTestResourceLifecycleManager {
    private @Nullable EmbeddedKafkaBroker broker;

    @Override
    public Map<String, String> start() {
        broker = new EmbeddedKafkaBroker()
                .withNodeId(1)
                .withAdditionalProperties(properties -> properties.put("offsets.topic.num.partitions", "1"))
                .start();
        String servers = broker.getAdvertisedListeners().replaceFirst("^[A-Z]+://", "");
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            List<NewTopic> topics = Arrays.stream(Topic.values())
                    .map(topic -> new NewTopic(topic.topicName(), Optional.of(Topic.PARTITIONS), Optional.empty())
                            .configs(topic.configuration()))
                    .toList();
            admin.createTopics(topics).all().get();
            Path home = Files.createTempDirectory("janitor");
            return Map.of("kafka.bootstrap.servers", servers, "bootproof.home", home.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("the topics could not be made", e);
        }
    }

    @Override
    public void stop() {
        if (broker != null) {
            broker.close();
        }
    }
}
