package dev.bootproof.poller;

import dev.bootproof.catalog.WatchedStream;
import dev.bootproof.events.Counts;
import dev.bootproof.events.Digest;
import dev.bootproof.events.DigestChanged;
import dev.bootproof.events.Fault;
import dev.bootproof.events.RunId;
import dev.bootproof.events.Stage;
import dev.bootproof.events.TestsDone;
import dev.bootproof.events.Trigger;
import dev.bootproof.poller.StreamState.Pending;
import java.time.Instant;
import java.util.List;

/** The events that the poller writes about a stream. */
final class Announcements {
    private Announcements() {}

    static DigestChanged event(WatchedStream stream, Digest digest, long generation, Trigger trigger) {
        DigestChanged event =
                new DigestChanged(stream.image(), digest, stream.plan(), stream.name(), generation, trigger);
        return stream.canary() ? event.asCanary() : event;
    }

    /** Announced runs are named by stream, generation and digest; where the record lies does not matter. */
    static RunId runId(DigestChanged event) {
        return event.runId(0, 0, 0);
    }

    /** The end of a run that was to be announced and will not be. */
    static TestsDone superseded(WatchedStream stream, Pending dropped, String why, Instant now) {
        DigestChanged event = event(stream, dropped.digest(), dropped.generation(), Trigger.POLL);
        return new TestsDone(
                runId(event),
                stream.image(),
                dropped.digest(),
                null,
                stream.plan().isEmpty() ? null : stream.plan(),
                stream.name(),
                dropped.generation(),
                Fault.SUPERSEDED.verdict(),
                Stage.POLLER,
                Fault.SUPERSEDED,
                Fault.SUPERSEDED.sentence(why),
                Counts.NONE,
                List.of(),
                now);
    }
}
