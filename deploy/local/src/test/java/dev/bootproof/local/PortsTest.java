package dev.bootproof.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PortsTest {
    private static final Home HOME = new Home(Path.of("/var/tmp/lab"));

    @Test
    void everyPartHasAPortOfItsOwn() {
        Map<String, Integer> ports = Ports.of(HOME, false).choose(LabState.NONE);

        assertThat(ports).hasSize(Part.values().length + 1).containsKey(Ports.CONTROLLER);
        assertThat(new TreeSet<>(ports.values())).hasSameSizeAs(ports.values());
    }

    @Test
    void theDefaultLabTakesThePortsThatPeopleKnow() {
        Map<String, Integer> ports = Ports.of(HOME, true).judgedBy(_ -> true).choose(LabState.NONE);

        assertThat(ports).containsEntry("broker", 9092).containsEntry("registry", 5000);
    }

    @Test
    void aChosenPortIsKeptWhileItIsFree() {
        // Given
        LabState before = LabState.NONE.withPorts(Map.of("broker", 20_001, "registry", 20_002));

        // When
        Map<String, Integer> ports =
                Ports.of(HOME, true).judgedBy(port -> port != 20_002).choose(before);

        // Then
        assertThat(ports).containsEntry("broker", 20_001);
        assertThat(ports.get("registry")).isNotEqualTo(20_002);
    }

    @Test
    void aPortThatSomebodyListensOnIsNotTaken() throws IOException {
        // Given
        Map<String, Integer> free = Ports.of(HOME, false).choose(LabState.NONE);
        int wanted = free.getOrDefault("broker", 0);

        try (ServerSocket _ = new ServerSocket(wanted, 1, InetAddress.getLoopbackAddress())) {
            // When
            Map<String, Integer> ports = Ports.of(HOME, false).choose(LabState.NONE);

            // Then
            assertThat(ports.values()).doesNotContain(wanted);
        }
    }

    @Test
    void aMachineWithoutFreePortsIsExplained() {
        assertThatThrownBy(() -> Ports.of(HOME, true).judgedBy(_ -> false).choose(LabState.NONE))
                .isInstanceOf(Trouble.class)
                .hasMessage("this machine has no free port");
    }
}
