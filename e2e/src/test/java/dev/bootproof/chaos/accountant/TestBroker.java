package dev.bootproof.chaos.accountant;

import dev.bootproof.events.Topic;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;

/** The lab's broker as a process of its own, with the topics of the contract. */
final class TestBroker implements AutoCloseable {
    private static final int MINUTES = 2;

    private final Process process;
    private final String bootstrap;

    private TestBroker(Process process, String bootstrap) {
        this.process = process;
        this.bootstrap = bootstrap;
    }

    static TestBroker start(Path directory) throws Exception {
        int port = freePort();
        Path properties = Files.writeString(
                directory.resolve("broker.properties"), properties(port, freePort(), directory.resolve("log")));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.bootproof.local.BrokerMain",
                        properties.toString(),
                        directory.resolve("log").toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("broker.out").toFile())
                .start();
        TestBroker broker = new TestBroker(process, "127.0.0.1:" + port);
        try {
            broker.createTopics();
        } catch (Exception e) {
            broker.close();
            throw new IOException(Files.readString(directory.resolve("broker.out")), e);
        }
        return broker;
    }

    String bootstrap() {
        return bootstrap;
    }

    private void createTopics() throws Exception {
        List<NewTopic> topics = Arrays.stream(Topic.values())
                .map(topic ->
                        new NewTopic(topic.topicName(), Topic.PARTITIONS, (short) 1).configs(topic.configuration()))
                .toList();
        Map<String, Object> configuration = Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                (int) TimeUnit.MINUTES.toMillis(MINUTES));
        try (Admin admin = Admin.create(configuration)) {
            for (KafkaFuture<Void> made : admin.createTopics(topics).values().values()) {
                await(made);
            }
        }
    }

    /** On a busy host the client asks again before it is answered, and then the topic is there. */
    private static void await(KafkaFuture<Void> made) throws Exception {
        try {
            made.get(MINUTES, TimeUnit.MINUTES);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static String properties(int port, int controller, Path log) {
        return """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%2$d
                listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
                advertised.listeners=PLAINTEXT://127.0.0.1:%1$d
                controller.listener.names=CONTROLLER
                listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
                log.dirs=%3$s
                auto.create.topics.enable=false
                offsets.topic.num.partitions=1
                offsets.topic.replication.factor=1
                log.cleaner.dedupe.buffer.size=16777216
                """.formatted(port, controller, log);
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
