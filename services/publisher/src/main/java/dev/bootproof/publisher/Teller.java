package dev.bootproof.publisher;

import dev.bootproof.events.Target;
import dev.bootproof.events.Topic;
import dev.bootproof.registry.RegistryException;
import dev.bootproof.stage.Partitions;
import dev.bootproof.stage.Timer;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;

/**
 * Tells each target on its own: one that hangs or fails holds back neither another one nor the consumer. What is to be
 * told is in the book before the verdict's record is done with, and stays there until it was told, or is given up.
 *
 * <p>Failure: killed at any point, whoever starts next tells what the book says is waiting; a target that was told and
 * whose answer was not written down yet hears it again, by the same key.
 */
@ApplicationScoped
class Teller {
    /** As long as a verdict is on the bus it may come again, and must be known to have been told. */
    private static final Duration REMEMBERED = Topic.TESTS_DONE.retention().plusDays(1);

    private final TellingBook book;
    private final Timer timer;
    private final Clock clock;
    private final PublisherConfig config;
    private final MeterRegistry metrics;
    private final Map<Target.Kind, Messenger> messengers = new EnumMap<>(Target.Kind.class);
    private final Set<TopicPartition> ours = ConcurrentHashMap.newKeySet();
    private final Set<String> underway = ConcurrentHashMap.newKeySet();

    Teller(
            TellingBook book,
            Timer timer,
            Clock clock,
            PublisherConfig config,
            MeterRegistry metrics,
            @All List<Messenger> messengers) {
        this.book = book;
        this.timer = timer;
        this.clock = clock;
        this.config = config;
        this.metrics = metrics;
        messengers.forEach(messenger -> this.messengers.put(messenger.kind(), messenger));
    }

    /** These partitions are ours now: what is waiting of their runs is told as soon as all is known of it. */
    void take(Collection<TopicPartition> more) {
        ours.addAll(more);
        timer.soon(this::resume);
    }

    /** These partitions are not ours any more. */
    void leave(Collection<TopicPartition> less) {
        ours.removeAll(less);
    }

    /** Has all these told, each as soon as may be, those excepted that are in the book already. */
    void tell(List<Telling> tellings) {
        if (tellings.isEmpty()) {
            return;
        }
        book.awaitPresent();
        for (Telling telling : tellings) {
            if (book.of(telling.key()).isEmpty()) {
                book.remember(telling);
            }
            book.of(telling.key()).filter(Telling::waiting).ifPresent(this::schedule);
        }
    }

    private void resume() {
        book.awaitPresent();
        Instant old = clock.instant().minus(REMEMBERED);
        for (Telling telling : book.all()) {
            if (owned(telling) && telling.waiting()) {
                schedule(telling);
            } else if (owned(telling) && telling.at().isBefore(old)) {
                book.forget(telling);
            }
        }
    }

    private boolean owned(Telling telling) {
        return ours.contains(
                Partitions.of(Topic.TESTS_DONE, telling.facts().runId().value()));
    }

    private void schedule(Telling telling) {
        Instant when = telling.next() == null ? clock.instant() : telling.next();
        if (underway.add(telling.key())) {
            timer.at(when, () -> attempt(telling.key()));
        }
    }

    private void attempt(String key) {
        try {
            book.of(key)
                    .filter(telling -> telling.waiting() && owned(telling))
                    .ifPresent(telling -> book.remember(after(telling, outcome(telling))));
        } finally {
            underway.remove(key);
        }
        book.of(key).filter(telling -> telling.waiting() && owned(telling)).ifPresent(this::schedule);
    }

    private Outcome outcome(Telling telling) {
        try {
            return Objects.requireNonNull(messengers.get(telling.target().kind()), "every kind has its messenger")
                    .tell(telling);
        } catch (RegistryException e) {
            return new Outcome.Later("the registry cannot be asked for the commit: " + e.getMessage(), null);
        } catch (RuntimeException e) {
            Log.errorf(e, "a bug hinders telling %s", telling.key());
            return new Outcome.Later("the lab has a bug: " + e, null);
        }
    }

    private Telling after(Telling telling, Outcome outcome) {
        Instant now = clock.instant();
        Telling next = switch (outcome) {
            case Outcome.Told told -> telling.ended(Telling.State.TOLD, told.said(), now);
            case Outcome.Nothing nothing -> telling.ended(Telling.State.SKIPPED, nothing.why(), now);
            case Outcome.Never never -> telling.ended(Telling.State.GIVEN_UP, never.why(), now);
            case Outcome.Later later -> later(telling, later, now);
        };
        String state = next.state().word();
        metrics.counter("bootproof.tellings", "kind", next.target().kind().word(), "state", state)
                .increment();
        Log.infof("told %s: %s, attempt %d %s", next.key(), state, next.attempts(), next.said());
        return next;
    }

    private Telling later(Telling telling, Outcome.Later later, Instant now) {
        Duration pause = later.after() == null ? backoff(telling.attempts()) : later.after();
        Instant end = telling.facts().finishedAt().plus(config.tellPatience());
        return now.plus(pause).isAfter(end) && telling.attempts() > 0
                ? telling.ended(Telling.State.GIVEN_UP, "for too long: " + later.why(), now)
                : telling.later(later.why(), pause, now);
    }

    private Duration backoff(int attempts) {
        Duration pause = config.tellFirst().multipliedBy(1L << Math.min(attempts, 20));
        return pause.compareTo(config.tellLongest()) < 0 ? pause : config.tellLongest();
    }
}
