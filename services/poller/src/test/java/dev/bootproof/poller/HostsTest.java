package dev.bootproof.poller;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PollerLab.class)
class HostsTest {
    private static final Outcome REFUSED = new Outcome.Unreachable("connection refused");

    @Inject
    Hosts hosts;

    @Inject
    MeterRegistry metrics;

    @Test
    void aHostIsLeftAloneAfterThreeFailuresInARow() {
        // When
        hosts.note("down.example", REFUSED);
        hosts.note("down.example", REFUSED);
        boolean early = hosts.paused("down.example").isPresent();
        hosts.note("down.example", REFUSED);

        // Then
        assertThat(early).isFalse();
        assertThat(hosts.paused("down.example"))
                .hasValueSatisfying(pause -> assertThat(pause.because()).isEqualTo(REFUSED));
        assertThat(hosts.paused("other.example")).isEmpty();
        assertThat(metrics.counter("bootproof.looks", "registry", "down.example", "outcome", "unreachable")
                        .count())
                .isEqualTo(3);
    }

    @Test
    void whatIsTheImagesTroubleIsNotTheHosts() {
        // When
        for (int n = 0; n < 10; n++) {
            hosts.note("up.example", new Outcome.NotFound("no such tag"));
            hosts.note("up.example", REFUSED);
        }

        // Then
        assertThat(hosts.paused("up.example")).isEmpty();
    }

    @Test
    void aHostThatAsksToBeLeftAloneIsAndOneGoodAnswerDoesNotEndThat() {
        // When
        hosts.note("busy.example", new Outcome.RateLimited(Duration.ofMinutes(5)));
        hosts.note("busy.example", new Outcome.Unchanged());

        // Then
        assertThat(hosts.paused("busy.example"))
                .hasValueSatisfying(
                        pause -> assertThat(pause.until()).isAfter(Instant.now().plus(Duration.ofMinutes(4))));
    }
}
