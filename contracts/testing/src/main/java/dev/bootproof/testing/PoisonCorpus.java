package dev.bootproof.testing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bootproof.events.EventJson;
import dev.bootproof.events.Topic;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Everything that may be wrong with a record of a topic, made from the topic's own example. */
public final class PoisonCorpus {
    /** What a batch of one record takes beside the key and a body of about a mebibyte: Kafka's message format 2. */
    private static final int OVERHEAD = 72;

    private static final int RANDOM_BODIES = 8;
    private static final String OTHER_RUN = "stranger-0123456789ab";

    private final Topic topic;
    private final @Nullable String key;
    private final ObjectNode example;
    private final String subject;
    private final List<Poison> all = new ArrayList<>();

    private PoisonCorpus(Topic topic, @Nullable String key) {
        this.topic = topic;
        this.key = key;
        this.example = example(topic);
        this.subject = topic == Topic.DIGEST_CHANGED ? "image" : "runId";
        if (key != null && ofRuns()) {
            example.put("runId", key);
        }
    }

    /**
     * The corpus of a topic.
     *
     * @param key the key of all records whose key is not what is wrong with them; a run, where the topic is of runs
     * @param seed of what is random in it
     */
    public static List<Poison> of(Topic topic, @Nullable String key, long seed) {
        PoisonCorpus corpus = new PoisonCorpus(topic, key);
        corpus.bodies();
        corpus.fields();
        corpus.envelopes();
        corpus.random(seed);
        return List.copyOf(corpus.all);
    }

    /** The valid body that the corpus of this topic is made from. */
    public static ObjectNode example(Topic topic) {
        String name = switch (topic) {
            case DIGEST_CHANGED -> "digest-changed.v1.announced";
            case DISK_READY -> "disk-ready.v1.rootfs";
            case VM_READY -> "vm-ready.v1.qemu";
            case TESTS_DONE -> "tests-done.v1.failed";
            default -> "cleanup-due.v1.held";
        };
        try (InputStream body = Objects.requireNonNull(
                PoisonCorpus.class.getResourceAsStream("/contracts/examples/" + name + ".json"), name)) {
            return (ObjectNode) EventJson.mapper().readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A body of rubbish as large as the broker takes under this key, and so many bytes more. */
    public static Poison large(@Nullable String key, int more) {
        int keyBytes = key == null ? 0 : key.getBytes(StandardCharsets.UTF_8).length;
        byte[] body = new byte[Topic.MAX_MESSAGE_BYTES - OVERHEAD - keyBytes + more];
        Arrays.fill(body, (byte) 'x');
        return new Poison("a body at the limit and " + more, key, body, Map.of(), "body");
    }

    private boolean ofRuns() {
        return topic != Topic.DIGEST_CHANGED;
    }

    private void bodies() {
        byte[] good = EventJson.write(example);
        if (!topic.compacted()) {
            body("no body", null, "body");
        }
        body("an empty body", new byte[0], "body");
        body("half of a body", Arrays.copyOf(good, good.length / 2), null);
        body("more after the body", text(example + "]"), "body");
        body("null", text("null"), "body");
        body("a list", text("[" + example + "]"), "body");
        body("a number", text("7"), "body");
        body("words", text("this is not JSON"), "body");
        body(
                "the same name twice",
                text("{\"" + subject + "\":" + example.get(subject) + ","
                        + example.toString().substring(1)),
                "body");
        body("no text", notText(good), null);
        body("deep nesting", text("{\"deeper\":" + "[".repeat(5000) + "]".repeat(5000) + "}"), null);
        all.add(large(key, 0));
    }

    /** The example with two bytes in its first string that no text in UTF-8 has. */
    private static byte[] notText(byte[] good) {
        byte[] bad = good.clone();
        int string = new String(good, StandardCharsets.ISO_8859_1).indexOf(":\"") + 2;
        bad[string] = (byte) 0xC3;
        bad[string + 1] = (byte) 0x28;
        return bad;
    }

    private void fields() {
        field(subject + " is missing", subject, body -> body.remove(subject));
        field(subject + " is null", subject, body -> body.putNull(subject));
        field(subject + " is an object", subject, body -> body.putObject(subject));
        field(subject + " is a number", subject, body -> body.put(subject, 7));
        field(subject + " moves the cursor", subject, body -> body.put(subject, "\u001b[2J\u001b]0;owned\u0007"));
        field(subject + " is half a mebibyte", subject, body -> body.put(subject, "a-a/".repeat(1 << 17)));
        String number = topic == Topic.DIGEST_CHANGED || topic == Topic.TESTS_DONE ? "generation" : "phase";
        field(number + " is huge", number, body -> body.put(number, 1e300));
        field(number + " is a list", number, body -> body.putArray(number));
        if (topic == Topic.CLEANUP_DUE) {
            field("until is never", "until", body -> body.put("until", "+1000000000-12-31T23:59:59.999999999Z"));
            field("held for nothing", "pins", body -> body.remove("pins"));
        }
        if (topic == Topic.DIGEST_CHANGED) {
            field("kept for ever", "keep", body -> body.put("keep", "PT48H"));
        }
        if (topic == Topic.TESTS_DONE) {
            field("a verdict of its own", "verdict", body -> body.put("verdict", "splendid"));
        }
    }

    private void envelopes() {
        byte[] good = EventJson.write(example);
        all.add(new Poison("another type", key, good, Map.of("ce_type", "com.example.other.v9"), "ce_type"));
        if (ofRuns()) {
            all.add(new Poison("another run's key", OTHER_RUN, good, Map.of(), "key"));
            all.add(new Poison("a key that is no run", "no run at all", good, Map.of(), "key"));
        }
        if (ofRuns() && !topic.compacted()) {
            all.add(new Poison("no key", null, good, Map.of(), "key"));
        }
        all.add(new Poison("rubbish in the headers", key, text("{"), Map.of("traceparent", "\u0000\u001b"), null));
    }

    private void random(long seed) {
        Random random = new Random(seed);
        for (int n = 0; n < RANDOM_BODIES; n++) {
            byte[] body = new byte[1 + random.nextInt(4096)];
            random.nextBytes(body);
            body("random bytes " + n, body, "body");
        }
    }

    private void body(String name, byte @Nullable [] body, @Nullable String field) {
        all.add(new Poison(name, key, body, Map.of(), field));
    }

    private void field(String name, String field, Consumer<ObjectNode> change) {
        ObjectNode body = example.deepCopy();
        change.accept(body);
        body(name, EventJson.write(body), field);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
