package dev.bootproof.local;

import dev.bootproof.events.DeadLetter;
import dev.bootproof.events.DigestChanged;
import dev.bootproof.events.EventJson;
import dev.bootproof.events.MalformedEvent;
import dev.bootproof.events.RunId;
import dev.bootproof.events.Topic;
import dev.bootproof.events.Trigger;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record that was put aside gets another chance, as a new attempt: what is over stays over.
 *
 * @param lab the lab
 */
record Replay(Lab lab) {
    /**
     * Sends it, and says what was sent and how to follow it.
     *
     * @throws Trouble where that makes no sense
     */
    List<String> of(ConsumerRecord<String, byte[]> entry) {
        String topic = DeadRecord.header(entry, DeadLetter.TOPIC, "");
        RunId run = topic.equals(Topic.DIGEST_CHANGED.topicName()) ? typed(entry) : ofRun(entry);
        return List.of(
                DeadRecord.id(entry) + " was sent again as the run " + run,
                "follow it: ./bootproof show " + run + ", or ./bootproof watch");
    }

    private RunId typed(ConsumerRecord<String, byte[]> entry) {
        DigestChanged event = read(entry);
        Fire fire = new Fire(lab.running().address(Part.BROKER));
        if (event.stream() != null && event.generation() != null && event.digest() != null) {
            return fire.send(again(event));
        }
        return fire.send(entry.key(), entry.value(), event);
    }

    private static DigestChanged read(ConsumerRecord<String, byte[]> entry) {
        try {
            return EventJson.read(entry.value() == null ? new byte[0] : entry.value(), DigestChanged.class);
        } catch (MalformedEvent e) {
            throw Trouble.usage(
                    "it would be put aside again: " + Escaped.line(String.valueOf(e.getMessage())),
                    "./bootproof run IMAGE sends an event that can be read; nothing was sent");
        }
    }

    /** What the poller announced is one run for ever, so that another attempt is a person's. */
    private static DigestChanged again(DigestChanged event) {
        return new DigestChanged(
                event.image(),
                event.digest(),
                event.plan(),
                null,
                null,
                Trigger.MANUAL,
                event.change(),
                event.keep(),
                event.suites());
    }

    private RunId ofRun(ConsumerRecord<String, byte[]> entry) {
        RunId run = DeadRecord.run(entry)
                .orElseThrow(() ->
                        Trouble.usage("the record names no run, so that nobody would take it", "nothing was sent"));
        Story story = new KnownRuns(lab).story(run);
        if (!story.done()) {
            throw Trouble.usage(run + " goes on, and takes nothing twice", "./bootproof cancel " + run + " ends it");
        }
        return new Fire(lab.running().address(Part.BROKER)).send(RerunCommand.again(lab, story));
    }
}
