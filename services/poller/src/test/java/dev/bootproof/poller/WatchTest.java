package dev.bootproof.poller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bootproof.events.Trigger;
import dev.bootproof.stage.Timer;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PollerLab.class)
class WatchTest {
    @Inject
    Hosts hosts;

    @Inject
    Timer timer;

    @Inject
    Clock clock;

    @Inject
    MeterRegistry metrics;

    @Inject
    PollerConfig config;

    @Test
    void aPushThatTheRegistryCannotAnswerForYetIsLookedAtAgainSoon() {
        // Given
        Answering registry = new Answering(List.of(
                new Outcome.ServerTrouble("answered 500", null),
                new Outcome.NotFound("no such tag"),
                new Outcome.Unchanged()));
        Watch watch = new Watch(registry, new Watch.Tools(hosts, timer, clock, metrics), config);

        // When
        watch.wake(Trigger.PUSH);

        // Then
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(
                        () -> assertThat(registry.asked).containsExactly(Trigger.PUSH, Trigger.PUSH, Trigger.PUSH));
        watch.stop();
    }

    /** A subject that is looked at once an hour, of a registry that gives these answers. */
    private static final class Answering implements Subject {
        private final List<Trigger> asked = new CopyOnWriteArrayList<>();
        private final Iterator<Outcome> answers;

        Answering(List<Outcome> answers) {
            this.answers = answers.iterator();
        }

        @Override
        public String key() {
            return "registry.example/os:latest";
        }

        @Override
        public String host() {
            return "registry.example";
        }

        @Override
        public Optional<Duration> interval() {
            return Optional.of(Duration.ofHours(1));
        }

        @Override
        public Optional<Instant> due(Instant after) {
            return Optional.empty();
        }

        @Override
        public Result look(Trigger why, BooleanSupplier ours) {
            asked.add(why);
            return new Result(answers.next(), null);
        }
    }
}
