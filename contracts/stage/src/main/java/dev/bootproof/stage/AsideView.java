package dev.bootproof.stage;

import dev.bootproof.events.DeadLetter;
import dev.bootproof.events.Topic;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Which records lie in a dead-letter topic, by where they come from: the newest of them, which are those that come again. */
final class AsideView {
    private static final int REMEMBERED = 20_000;

    private final Set<String> places = Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    }));
    private final TopicReader reader;

    AsideView(String servers, Topic topic) {
        reader = new TopicReader(servers, List.of(topic), this::read);
        reader.start();
    }

    private void read(ConsumerRecord<String, byte[]> entry) {
        places.add(header(entry, DeadLetter.PARTITION) + "/" + header(entry, DeadLetter.OFFSET));
    }

    private static String header(ConsumerRecord<String, byte[]> entry, String name) {
        Header header = entry.headers().lastHeader(name);
        return header == null || header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    /** Whether this record lies not there yet, after reading to the present end; from now on it counts as if it did. */
    boolean claim(ConsumerRecord<String, byte[]> entry) {
        reader.awaitEnd();
        return places.add(place(entry));
    }

    /** It could not be put there after all. */
    void giveBack(ConsumerRecord<String, byte[]> entry) {
        places.remove(place(entry));
    }

    private static String place(ConsumerRecord<String, byte[]> entry) {
        return entry.partition() + "/" + entry.offset();
    }

    void close() {
        reader.close();
    }
}
