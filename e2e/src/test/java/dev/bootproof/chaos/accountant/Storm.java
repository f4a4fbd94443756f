package dev.bootproof.chaos.accountant;

import static dev.bootproof.chaos.accountant.Seeded.second;

import dev.bootproof.chaos.accountant.Effect.Kind;
import dev.bootproof.chaos.accountant.Seen.Root;
import dev.bootproof.events.DigestChanged;
import dev.bootproof.events.Event;
import dev.bootproof.events.Names;
import dev.bootproof.events.RunId;
import dev.bootproof.events.Stage;
import dev.bootproof.events.Topic;
import dev.bootproof.events.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The books of a storm as they are being written; every list may be written in. */
final class Storm {
    /** Where the storm had its lab. */
    static final String HOME = "/tmp/bp-storm";

    final List<Line> bus = new ArrayList<>();
    final List<Stored> registry = new ArrayList<>();
    final List<Seen> host = new ArrayList<>();
    final List<Effect> effects = new ArrayList<>();
    final List<Fired> fired = new ArrayList<>();
    final List<Struck> hazards = new ArrayList<>();
    final List<Notice> notices = new ArrayList<>();
    Instant readAt = second(3600);

    private final Map<Topic, Long> offsets = new EnumMap<>(Topic.class);
    private int processes = 1000;

    Books books() {
        return new Books(readAt, bus, registry, host, effects, fired, hazards, notices);
    }

    Line say(Event event, Instant at) {
        return write(event.topic(), at, event.key(), new Content.Said(event), Map.of());
    }

    Line write(Topic topic, Instant at, @Nullable String key, Content content, Map<String, String> headers) {
        long offset = offsets.merge(topic, 1L, Long::sum) - 1;
        Line line = new Line(new Place(topic, 3, offset), at, key, content, headers);
        bus.add(line);
        return line;
    }

    /** Puts a record aside as the services do. */
    Line putAside(Line origin, Instant at, String reason) {
        Place place = origin.place();
        Map<String, String> headers = Map.of(
                "dead-letter-reason",
                reason,
                "dead-letter-topic",
                place.topic().topicName(),
                "dead-letter-partition",
                String.valueOf(place.partition()),
                "dead-letter-offset",
                String.valueOf(place.offset()));
        return write(place.topic().deadLetters(), at, origin.key(), new Content.Other(), headers);
    }

    /** Asks for a run, as a person does. */
    RunId ask(long second, Verdict... mayEnd) {
        DigestChanged event = Seeded.asked();
        Line line = say(event, second(second));
        RunId run = event.runId(
                line.place().partition(), line.place().offset(), line.at().toEpochMilli());
        fired.add(new Fired(second(second), run, Seeded.IMAGE.toString(), "storm", null, List.of(mayEnd)));
        return run;
    }

    void begin(RunId run, long second) {
        say(Seeded.held(run, second(second), Stage.DISK_BUILDER), second(second));
    }

    void end(RunId run, long second, Verdict verdict) {
        say(Seeded.done(run, second(second), verdict), second(second));
        say(Seeded.ended(run, second(second)), second(second));
        say(Seeded.released(run, second(second + 1), "directory runs/" + run), second(second + 1));
        publish(run, verdict);
    }

    private void publish(RunId run, Verdict verdict) {
        String subject = "127.0.0.1:5000/bootproof/results@" + Seeded.DIGEST;
        registry.add(new Stored.Tag("bootproof/evidence", Names.evidenceTag(run, 0)));
        registry.add(new Stored.Tag("bootproof/results", Names.resultTag(run)));
        registry.add(new Stored.Result(subject, "sha256:result-" + run, run, verdict));
        if (verdict == Verdict.PASSED || verdict == Verdict.FAILED) {
            registry.add(new Stored.Tag("bootproof/results", Names.attestationTag(run)));
            registry.add(new Stored.Attestation(subject, "sha256:signed-" + run, run));
        }
    }

    /** A machine begins; says its process. */
    long machine(RunId run, long second) {
        int pid = processes++;
        effects.add(new Effect(second(second), Kind.MACHINE_STARTED, run, 0, null, null, pid));
        return pid;
    }

    void machineEnds(RunId run, long second, long pid) {
        effects.add(new Effect(second(second), Kind.MACHINE_ENDED, run, 0, null, null, pid));
    }

    void suite(RunId run, long second, @Nullable Integer attempt) {
        effects.add(new Effect(second(second), Kind.SUITE_STARTED, run, 0, "system", attempt, 1));
    }

    void notice(RunId run, long second, String key) {
        notices.add(new Notice(second(second), "chat", key, run, "passed"));
    }

    void entry(Root root, String path) {
        host.add(new Seen.Entry(root, HOME + "/" + path));
    }

    /** A run from its event to its end, which takes a minute. */
    RunId whole(long second, Verdict verdict) {
        RunId run = ask(second, verdict);
        begin(run, second + 1);
        long pid = machine(run, second + 10);
        suite(run, second + 20, 1);
        machineEnds(run, second + 58, pid);
        end(run, second + 60, verdict);
        return run;
    }
}
