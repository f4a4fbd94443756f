package dev.bootproof.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With real machines that have no disk and nothing to do. */
class MachinesTest {
    @TempDir
    Path directory;

    private static Process machine(Path home) throws IOException {
        return new ProcessBuilder(
                        "qemu-system-x86_64",
                        "-M",
                        "none",
                        "-nodefaults",
                        "-display",
                        "none",
                        "-pidfile",
                        home.resolve("qemu.pid").toString())
                .start();
    }

    @Test
    void downStopsTheMachinesOfThisLabAndOfNoOther() throws Exception {
        // Given
        Lab lab = Labs.in(directory.resolve("mine"));
        lab.home().prepare();
        lab.file().update(state -> state.withPorts(Map.of("broker", 9092)));
        Process mine = machine(lab.home().directory());
        Process other = machine(directory);
        Patience.until(
                Duration.ofSeconds(10), () -> new Machines(lab.home()).running().size() == 1);

        // When
        new Down(lab, new Screen().terminal()).stop(EnumSet.allOf(Part.class));

        // Then
        assertThat(mine.waitFor(Duration.ofSeconds(10))).isTrue();
        assertThat(other.isAlive()).isTrue();
        other.destroyForcibly();
    }
}
