package dev.bootproof.stage;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bootproof.events.Event;
import dev.bootproof.events.EventJson;
import dev.bootproof.events.MalformedEvent;
import dev.bootproof.events.RunEvent;
import dev.bootproof.events.RunId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Records as events of the contract: a body that can be read, under the key that it belongs to, of the type that its
 * topic carries. A person's record has no headers, and no key where its event is of no run.
 */
public final class Reading {
    private static final String TYPE = "ce_type";

    private Reading() {}

    /**
     * Reads a record.
     *
     * @throws MalformedEvent naming the field, {@code key}, {@code ce_type} or {@code body}
     */
    public static <E extends Event> E event(ConsumerRecord<String, byte[]> entry, Class<E> type) {
        if (entry.value() == null) {
            throw new MalformedEvent("body", "the record has no body: write the event as a JSON object");
        }
        E event = EventJson.read(entry.value(), type);
        refuseOtherType(entry, event);
        if (event instanceof RunEvent run && !run.key().equals(entry.key())) {
            String key = entry.key() == null ? "missing" : "\"" + entry.key() + "\"";
            throw new MalformedEvent("key", "the key is " + key + ": write the run, \"" + run.runId() + "\"");
        }
        return event;
    }

    private static void refuseOtherType(ConsumerRecord<String, byte[]> entry, Event event) {
        Header header = entry.headers().lastHeader(TYPE);
        String type = header == null || header.value() == null
                ? event.type()
                : new String(header.value(), StandardCharsets.UTF_8);
        if (!type.equals(event.type())) {
            throw new MalformedEvent(
                    TYPE, "\"" + TYPE + "\" is \"" + type + "\": this topic carries \"" + event.type() + "\"");
        }
    }

    /** The runs that a record names, though it cannot be read: by its key, and by its body as far as that goes. */
    public static Set<RunId> runsOf(ConsumerRecord<String, byte[]> entry) {
        Set<RunId> runs = new LinkedHashSet<>();
        add(runs, entry.key() == null ? "" : entry.key());
        if (entry.value() != null) {
            add(runs, runIn(entry.value()));
        }
        return runs;
    }

    private static void add(Set<RunId> runs, String text) {
        if (RunId.isOne(text)) {
            runs.add(new RunId(text));
        }
    }

    private static String runIn(byte[] body) {
        try {
            JsonNode tree = EventJson.mapper().readTree(body);
            return tree == null ? "" : tree.path("runId").asText("");
        } catch (IOException e) {
            return "";
        }
    }
}
