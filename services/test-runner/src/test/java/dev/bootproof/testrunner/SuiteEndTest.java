package dev.bootproof.testrunner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bootproof.events.Digest;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SuiteEndTest {
    @Test
    void whatTheGuestSaysOfItsUnitIsRead() {
        // Given
        String source = Digest.of("suite").value();

        // When
        SuiteEnd end = SuiteEnd.parse("""
                exit=1
                source=%s
                Result=success
                ExecMainStartTimestampMonotonic=170333457
                ExecMainExitTimestampMonotonic=175097661
                ExecMainStatus=0
                LoadState=loaded
                """.formatted(source));

        // Then
        assertThat(end).isEqualTo(new SuiteEnd("success", 1, new Digest(source), Duration.ofMillis(4764)));
    }

    @Test
    void aUnitThatTheGuestDoesNotKnowIsGone() {
        // When
        SuiteEnd end = SuiteEnd.parse("exit=\nsource=\nLoadState=not-found\nResult=success\n");

        // Then
        assertThat(end).isEqualTo(new SuiteEnd("gone", null, null, Duration.ZERO));
    }
}
