package dev.bootproof.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RunIdTest {
    private static final ImageRef IMAGE = ImageRef.parse("ghcr.io/projectbluefin/bluefin:testing");
    private static final Digest A = Digest.of("a");
    private static final Digest B = Digest.of("b");

    @Test
    void theSameCauseIsTheSameRunForEver() {
        // Given
        Cause cause = new Cause.Announced(IMAGE.stream(), 7, A);
        // When
        RunId run = RunId.of(IMAGE, cause);
        // Then
        assertThat(run)
                .hasToString("bluefin-testing-8a1f5f6b64a2".substring(0, 16)
                        + run.value().substring(16));
        assertThat(RunId.of(IMAGE, new Cause.Announced(IMAGE.stream(), 7, A))).isEqualTo(run);
    }

    @Test
    void goingBackToAnOldDigestIsANewRun() {
        // Given
        RunId first = RunId.of(IMAGE, new Cause.Announced(IMAGE.stream(), 1, A));
        // When
        RunId back = RunId.of(IMAGE, new Cause.Announced(IMAGE.stream(), 3, A));
        // Then
        assertThat(back).isNotEqualTo(first).isNotEqualTo(RunId.of(IMAGE, new Cause.Announced(IMAGE.stream(), 2, B)));
    }

    @Test
    void aRecordRedeliveredIsTheSameRunAndTypedAgainANewOne() {
        // Given
        DigestChanged typed = EventJson.read(
                "{\"image\":\"ghcr.io/a/b:c\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8), DigestChanged.class);
        // When
        RunId run = typed.runId(3, 17, 1_700_000_000_000L);
        // Then
        assertThat(typed.runId(3, 17, 1_700_000_000_000L)).isEqualTo(run);
        assertThat(typed.runId(3, 18, 1_700_000_000_000L)).isNotEqualTo(run);
        assertThat(typed.runId(3, 17, 1_700_000_000_001L)).isNotEqualTo(run);
    }

    @Test
    void aLongNameIsCutToFitADnsLabel() {
        // Given
        ImageRef image = ImageRef.parse(
                "ghcr.io/org/A_Very.Long__name".toLowerCase(java.util.Locale.ROOT) + ":Tag_with.EVERYTHING-in-it");
        // When
        RunId run = RunId.of(image, new Cause.Typed("digest-changed", 0, 0, 0));
        // Then
        assertThat(run.value()).hasSizeLessThanOrEqualTo(40).matches("[a-z0-9-]+");
        assertThat(Names.machine(run, 9)).hasSizeLessThanOrEqualTo(63);
    }

    @Test
    void whatIsNoRunIdIsRefusedByName() {
        assertThatThrownBy(() -> new RunId("../../etc"))
                .isInstanceOf(MalformedEvent.class)
                .hasMessageContaining("run id");
    }
}
