package dev.bootproof.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OsProcessTest {
    private static final Duration SHORT = Duration.ofSeconds(5);

    private final Process sleep = start();

    private static Process start() {
        try {
            return new ProcessBuilder("sleep", "60").start();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterEach
    void end() {
        sleep.destroyForcibly();
    }

    @Test
    void aProcessThatWasStartedIsEnded() throws InterruptedException {
        // Given
        OsProcess process = OsProcess.of(sleep.pid()).orElseThrow();

        // When
        process.end(SHORT);

        // Then
        assertThat(sleep.waitFor(SHORT)).isTrue();
        assertThat(process.alive()).isFalse();
    }

    @Test
    void aProcessThatOnlyHasTheNumberIsLeftAlone() {
        // Given
        OsProcess now = OsProcess.of(sleep.pid()).orElseThrow();
        OsProcess ofYesterday = new OsProcess(now.pid(), "another-boot:17");

        // When
        ofYesterday.end(SHORT);
        ofYesterday.kill();

        // Then
        assertThat(ofYesterday.alive()).isFalse();
        assertThat(sleep.isAlive()).isTrue();
    }

    @Test
    void aProcessThatIgnoresTheRequestIsKilled() throws IOException, InterruptedException {
        // Given
        Process stubborn = new ProcessBuilder("sh", "-c", "trap '' TERM; echo deaf; while :; do sleep 1; done").start();
        assertThat(stubborn.inputReader().readLine()).isEqualTo("deaf");
        OsProcess process = OsProcess.of(stubborn.pid()).orElseThrow();

        // When
        process.end(Duration.ofMillis(300));

        // Then
        assertThat(stubborn.waitFor(SHORT)).isTrue();
    }

    @Test
    void nobodyHasAnImpossibleNumber() {
        assertThat(OsProcess.of(Long.MAX_VALUE)).isEmpty();
    }
}
