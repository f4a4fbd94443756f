package dev.bootproof.testrunner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class EvidenceTest {
    @Test
    void aGuestCannotFillTheMemoryWithItsFiles() {
        // Given
        Evidence evidence = new Evidence();
        evidence.addAll("suites/a/", Map.of("big", Content.of(new byte[Evidence.MOST_OF_A_GUEST])));

        // When
        evidence.addAll("suites/b/", Map.of("more", Content.of("x")));

        // Then
        assertThat(evidence.files()).containsOnlyKeys("suites/a/big", "missing.txt");
        assertThat(evidence.files().get("missing.txt"))
                .satisfies(missing -> assertThat(missing.text()).contains("suites/b/more", "8 MiB"));
    }
}
