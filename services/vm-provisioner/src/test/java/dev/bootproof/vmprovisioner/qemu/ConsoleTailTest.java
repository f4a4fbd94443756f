package dev.bootproof.vmprovisioner.qemu;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bootproof.vmprovisioner.Signal;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A console that is written faster and longer than anybody wants to read it. */
class ConsoleTailTest {
    private static final long FLOOD = 64L << 20;
    private static final long STEP = 8L << 20;

    private final List<Signal> heard = new CopyOnWriteArrayList<>();

    @TempDir
    Path directory;

    @Test
    void aFloodTakesLittleSpaceAndItsEndsCanBeRead() throws IOException {
        // Given
        MachineFiles files = new MachineFiles(directory);
        Files.writeString(files.console(), "Linux version 6.1.0\n");
        try (ConsoleTail tail = new ConsoleTail(files, 0, heard::add)) {
            // When
            flood(files.console(), tail);
            Files.writeString(files.console(), "Kernel panic - not syncing: enough\n", StandardOpenOption.APPEND);
            tail.catchUp();
            // Then
            assertThat(tail.position()).isEqualTo(Files.size(files.console())).isGreaterThan(FLOOD);
        }
        assertThat(heard).contains(new Signal.Panicked("enough"));
        assertThat(new String(ConsoleText.of(files.console()), UTF_8))
                .startsWith("Linux version 6.1.0\n")
                .endsWith("not syncing: enough\n")
                .hasSizeLessThan(2 << 20);
        assertThat(space(files.console())).isLessThan(48L << 20);
    }

    private static void flood(Path console, ConsoleTail tail) throws IOException {
        byte[] line = ("\u0000\u001b[31m noise".repeat(60) + "\n").getBytes(UTF_8);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(console, StandardOpenOption.APPEND))) {
            for (long written = 0, read = 0; written < FLOOD; written += line.length) {
                out.write(line);
                if (written - read > STEP) {
                    read = written;
                    out.flush();
                    tail.catchUp();
                }
            }
        }
    }

    /** What the file takes of the disk, in bytes. */
    private long space(Path file) {
        Tool used = Tool.run(directory, Duration.ofSeconds(20), List.of("du", "--block-size=1", file.toString()));
        return Long.parseLong(used.output().replaceAll("\\s.*", ""));
    }
}
