package dev.bootproof.publisher;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SpokenTest {
    @Test
    void timesAndSizesAreSaidAsPeopleSayThem() {
        // Given
        Instant now = Instant.parse("2026-11-20T08:00:00Z");

        // When
        String ago = Spoken.ago(now.minusSeconds(3700), now);

        // Then
        assertThat(ago).isEqualTo("1 h ago");
        assertThat(Spoken.duration(Duration.ofMillis(12345))).isEqualTo("12.3 s");
        assertThat(Spoken.duration(Duration.ofSeconds(125))).isEqualTo("2 min 5 s");
        assertThat(Spoken.duration(Duration.ofMillis(-1))).isEqualTo("0 s");
        assertThat(Spoken.size(3 << 20)).isEqualTo("3 MiB");
        assertThat(Spoken.exact(now)).isEqualTo("2026-11-20 08:00:00 UTC");
    }
}
