package dev.bootproof.poller.bench;

import dev.bootproof.events.Topic;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** A broker of its own and the poller as it is shipped, each a process below one directory. */
final class BenchLab implements AutoCloseable {
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<Process> processes = new ArrayList<>();
    private final Path directory;
    private final int broker = freePort();
    private final int http = freePort();

    BenchLab(Path directory) throws IOException {
        this.directory = directory;
    }

    /** Starts the broker from this program's class path, and makes the topics of the contract. */
    void startBroker() throws Exception {
        Path properties = Files.writeString(
                directory.resolve("broker.properties"), """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%2$d
                listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
                advertised.listeners=PLAINTEXT://127.0.0.1:%1$d
                controller.listener.names=CONTROLLER
                listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
                log.dirs=%3$s
                auto.create.topics.enable=false
                group.initial.rebalance.delay.ms=0
                offsets.topic.num.partitions=1
                offsets.topic.replication.factor=1
                """.formatted(broker, freePort(), directory.resolve("broker")));
        start(
                "broker",
                Map.of(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.bootproof.local.BrokerMain",
                properties.toString(),
                directory.resolve("broker").toString());
        List<NewTopic> topics = Arrays.stream(Topic.values())
                .map(topic ->
                        new NewTopic(topic.topicName(), Topic.PARTITIONS, (short) 1).configs(topic.configuration()))
                .toList();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers(), "default.api.timeout.ms", "60000"))) {
            admin.createTopics(topics).all().get(60, TimeUnit.SECONDS);
        }
    }

    /** Starts the poller with the memory that the lab gives it. */
    Process startPoller(Path jar, Path catalog) throws IOException {
        Map<String, String> environment = Map.of(
                "KAFKA_BOOTSTRAP_SERVERS", servers(),
                "BOOTPROOF_HOME", directory.toString(),
                "BOOTPROOF_CATALOG", catalog.toString(),
                "QUARKUS_HTTP_HOST", "127.0.0.1",
                "QUARKUS_HTTP_PORT", String.valueOf(http),
                "QUARKUS_OTEL_SDK_DISABLED", "true");
        return start(
                "poller",
                environment,
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                jar.toString());
    }

    /** What the poller counts. */
    String metrics() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + http + "/q/metrics"))
                .timeout(Duration.ofSeconds(10))
                .build();
        return client.send(request, BodyHandlers.ofString()).body();
    }

    private Process start(String name, Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve(name + ".log").toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        processes.addFirst(process);
        return process;
    }

    private String servers() {
        return "127.0.0.1:" + broker;
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    @Override
    public void close() {
        processes.forEach(process -> process.destroyForcibly().onExit().join());
        client.close();
    }
}
