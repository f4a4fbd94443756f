package dev.bootproof.testing;

import dev.bootproof.events.Topic;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.smallrye.reactive.messaging.kafka.companion.test.EmbeddedKafkaBroker;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;
import org.jspecify.annotations.Nullable;

/** A real broker in this process, with the topics of the contract; the home is {@code target/home} of the module. */
public class KafkaResource implements QuarkusTestResourceLifecycleManager {
    private @Nullable EmbeddedKafkaBroker broker;

    @Override
    public Map<String, String> start() {
        EmbeddedKafkaBroker started = new EmbeddedKafkaBroker()
                .withNodeId(1)
                .withAdditionalProperties(properties -> {
                    properties.put("offsets.topic.num.partitions", "1");
                    properties.put("auto.create.topics.enable", "false");
                    properties.put("group.initial.rebalance.delay.ms", "0");
                })
                .start();
        broker = started;
        String servers = started.getAdvertisedListeners().replaceFirst("^[A-Z]+://", "");
        createTopics(servers);
        return Map.of(
                "kafka.bootstrap.servers",
                servers,
                "bootproof.home",
                Path.of("target", "home").toAbsolutePath().toString());
    }

    private static void createTopics(String servers) {
        List<NewTopic> topics = Arrays.stream(Topic.values())
                .map(topic ->
                        new NewTopic(topic.topicName(), Topic.PARTITIONS, (short) 1).configs(topic.configuration()))
                .toList();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            for (KafkaFuture<Void> made : admin.createTopics(topics).values().values()) {
                await(made);
            }
        }
    }

    /** On a busy host the client asks again before it is answered, and then the topic is there. */
    private static void await(KafkaFuture<Void> made) {
        try {
            made.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new IllegalStateException("the test broker refused the topics", e);
            }
        }
    }

    @Override
    public void stop() {
        if (broker != null) {
            broker.close();
        }
    }
}
