package dev.bootproof.chaos.accountant;

import dev.bootproof.events.Topic;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A record in a dead-letter topic.
 *
 * @param line where it lies now
 * @param origin where it came from; null where its headers do not say
 */
record PutAside(Line line, @Nullable Place origin) {
    private static final String SUFFIX = ".dlq";
    private static final String REASON = "dead-letter-reason";

    static boolean isOne(Line line) {
        return line.place().topic().topicName().endsWith(SUFFIX);
    }

    static PutAside of(Line line) {
        return new PutAside(line, origin(line));
    }

    boolean withoutReason() {
        return Optional.ofNullable(line.headers().get(REASON)).orElse("").isBlank();
    }

    private static @Nullable Place origin(Line line) {
        try {
            return new Place(
                    Topic.named(header(line, "dead-letter-topic")),
                    Integer.parseInt(header(line, "dead-letter-partition")),
                    Long.parseLong(header(line, "dead-letter-offset")));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String header(Line line, String name) {
        return line.headers().getOrDefault(name, "");
    }
}
