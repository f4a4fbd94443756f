package dev.bootproof.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabFileTest {
    private static final LabState.Started STARTED =
            new LabState.Started(new OsProcess(4711, "boot:1"), Instant.parse("2026-05-01T10:00:00Z"), "abc");

    @TempDir
    Path directory;

    @Test
    void whatIsWrittenIsRead() {
        // Given
        LabFile file = new LabFile(directory.resolve("lab.json"));
        LabState state = LabState.NONE.withPorts(Map.of("broker", 9092)).with(Part.BROKER, STARTED);

        // When
        file.update(_ -> state);

        // Then
        assertThat(file.read()).isEqualTo(state);
        assertThat(file.read().address(Part.BROKER)).isEqualTo("127.0.0.1:9092");
        assertThat(file.read().startedAt()).isEqualTo(STARTED.startedAt());
    }

    @Test
    void aLabThatNeverWasUpHasNoState() {
        assertThat(new LabFile(directory.resolve("lab.json")).read()).isEqualTo(LabState.NONE);
    }

    @Test
    void aLabWithoutProcessesIsNotUp() {
        assertThat(LabState.NONE.with(Part.BROKER, STARTED).without(Part.BROKER).startedAt())
                .isNull();
    }

    @Test
    void aDamagedFileIsExplained() throws IOException {
        Path file = Files.writeString(directory.resolve("lab.json"), "{\"ports\":");

        assertThatThrownBy(() -> new LabFile(file).read())
                .isInstanceOf(Trouble.class)
                .hasMessageContaining("lab.json cannot be read");
    }
}
