package dev.bootproof.local;

import dev.bootproof.events.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * One Kafka broker that is its own controller (KRaft), as a process of its own.
 *
 * @param home the lab's directory
 * @param installation what it is started from
 */
record Broker(Home home, Installation installation) {
    private static final int HEAP_MIB = 256;

    /** Writes its configuration and says how it is started. */
    Detached process(LabState state) {
        Path properties = home.configuration("broker.properties");
        write(properties, properties(state));
        List<String> command = installation.java(HEAP_MIB);
        command.addAll(List.of(
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-Dorg.slf4j.simpleLogger.showDateTime=true",
                "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd HH:mm:ss,SSS",
                "-Dorg.slf4j.simpleLogger.log.kafka.server.KafkaRaftServer=info",
                "-cp",
                System.getProperty("java.class.path"),
                BrokerMain.class.getName(),
                properties.toString(),
                home.brokerLogs().toString()));
        return new Detached(command, Map.of(), home.log(Part.BROKER));
    }

    private String properties(LabState state) {
        int controller = state.ports().getOrDefault(Ports.CONTROLLER, 0);
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
                message.max.bytes=%4$d
                group.initial.rebalance.delay.ms=0
                offsets.topic.num.partitions=4
                offsets.topic.replication.factor=1
                transaction.state.log.num.partitions=1
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                share.coordinator.state.topic.num.partitions=1
                share.coordinator.state.topic.replication.factor=1
                share.coordinator.state.topic.min.isr=1
                num.network.threads=2
                num.io.threads=4
                background.threads=2
                log.cleaner.dedupe.buffer.size=16777216
                log.segment.bytes=67108864
                controlled.shutdown.enable=false
                """.formatted(state.port(Part.BROKER), controller, home.brokerLogs(), Topic.MAX_MESSAGE_BYTES);
    }

    private static void write(Path file, String content) {
        try {
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " could not be written", e);
        }
    }
}
