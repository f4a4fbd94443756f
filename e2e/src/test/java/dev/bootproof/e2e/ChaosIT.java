package dev.bootproof.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bootproof.e2e.Command.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A storm over a lab of its own, with fixed dice: nothing is lost, doubled, left behind or of the wrong kind. */
@Order(0)
@Tag("slow")
class ChaosIT {
    private static final Path CHECKOUT =
            Path.of(System.getenv("BOOTPROOF_CHECKOUT")).toAbsolutePath().normalize();

    private static Outcome chaos(String... arguments) {
        List<String> command =
                new java.util.ArrayList<>(List.of(CHECKOUT.resolve("bootproof").toString(), "chaos"));
        command.addAll(List.of(arguments));
        Map<String, String> environment = Map.of("BOOTPROOF_BUILD", "no", "JAVA_HOME", System.getProperty("java.home"));
        return new Command(command, environment, "").run(Duration.ofMinutes(25));
    }

    @Test
    void aStormBreaksNothingOfTheClaim() {
        // When
        Outcome outcome = chaos("--runs", "60", "--seed", "4");
        // Then
        assertThat(outcome.exit()).as(outcome.toString()).isZero();
        assertThat(outcome.out()).containsPattern("lost +0").containsPattern("doubled +0");
    }

    @Test
    void aFaultThatThereIsNotIsRefused() {
        // When
        Outcome outcome = chaos("--faults", "earthquake");
        // Then
        assertThat(outcome.exit()).as(outcome.toString()).isEqualTo(2);
        assertThat(outcome.err()).contains("earthquake", "--list-faults");
    }
}
