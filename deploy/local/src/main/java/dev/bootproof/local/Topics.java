package dev.bootproof.local;

import dev.bootproof.events.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;

/**
 * The lab's topics as the contract declares them.
 *
 * @param bootstrap the broker's address
 */
record Topics(String bootstrap) {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /**
     * Makes those that are missing and gives the others the configuration that they should have.
     *
     * @throws Trouble where the broker does not answer
     */
    void align() {
        try (Admin admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap,
                AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, "200",
                AdminClientConfig.RECONNECT_BACKOFF_MS_CONFIG, "50"))) {
            Set<String> there = get(admin.listTopics().names());
            create(admin, there);
            configure(admin, there);
        }
    }

    private static void create(Admin admin, Set<String> there) {
        List<NewTopic> missing = Arrays.stream(Topic.values())
                .filter(topic -> !there.contains(topic.topicName()))
                .map(topic ->
                        new NewTopic(topic.topicName(), Topic.PARTITIONS, (short) 1).configs(topic.configuration()))
                .toList();
        if (!missing.isEmpty()) {
            get(admin.createTopics(missing).all());
        }
    }

    private static void configure(Admin admin, Set<String> there) {
        List<ConfigResource> known = Arrays.stream(Topic.values())
                .map(Topic::topicName)
                .filter(there::contains)
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
        get(admin.describeConfigs(known).all()).forEach((resource, config) -> {
            List<AlterConfigOp> differing = differing(Topic.named(resource.name()), config);
            if (!differing.isEmpty()) {
                changes.put(resource, differing);
            }
        });
        if (!changes.isEmpty()) {
            get(admin.incrementalAlterConfigs(changes).all());
        }
    }

    private static List<AlterConfigOp> differing(Topic topic, Config actual) {
        List<AlterConfigOp> changes = new ArrayList<>();
        topic.configuration().forEach((name, value) -> {
            ConfigEntry entry = actual.get(name);
            if (entry == null || !value.equals(entry.value())) {
                changes.add(new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET));
            }
        });
        return changes;
    }

    private static <T> T get(KafkaFuture<T> answer) {
        try {
            return answer.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw Trouble.lab("the broker did not make the topics: " + e.getMessage(), "its log says why");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Trouble.lab("interrupted", "run it again");
        }
    }
}
