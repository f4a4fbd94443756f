package dev.bootproof.chaos.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandInTest {
    private static final Duration LONGEST = Duration.ofSeconds(60);

    @TempDir
    private static Path directory;

    private static Path qemu;

    @BeforeAll
    static void open() throws IOException {
        qemu = new Theatre(directory, Path.of(System.getProperty("java.home")), System.getProperty("java.class.path"))
                .open();
    }

    private static HandMade start(Script script) throws IOException {
        return HandMade.start(qemu, directory.resolve(script.word()), script);
    }

    private static List<String> effects(String kind) throws IOException {
        return Files.readAllLines(directory.resolve(Effects.FILE)).stream()
                .filter(line -> line.contains("\"" + kind + "\""))
                .toList();
    }

    @Test
    void aMachineBootsAndLetsTheLabIn() throws IOException, GeneralSecurityException {
        // Given
        try (HandMade machine = start(Script.GOOD)) {
            await().atMost(LONGEST)
                    .untilAsserted(() -> assertThat(machine.consoleText()).contains("Reached target"));
            // When
            String said = machine.says(
                    "mkdir /run/bootproof/mine; ls /run; echo $STANDIN_RUN; command -v systemctl || echo none");
            // Then
            assertThat(said.lines()).containsExactly("bootproof", machine.run().value(), "none");
            assertThat(Path.of("/run/bootproof/mine")).doesNotExist();
            assertThat(machine.asked("query-status")).contains("\"QMP\"", "\"running\"");
        }
    }

    @Test
    void theEndOfAMachineIsNotedHoweverItEnds() throws IOException {
        // Given
        HandMade machine = start(Script.SLOW_BOOT);
        long pid = machine.pid();
        // When
        machine.close();
        // Then
        await().atMost(LONGEST)
                .untilAsserted(() -> assertThat(effects("machine-ended"))
                        .filteredOn(line -> line.contains("\"pid\":" + pid))
                        .hasSize(1));
        assertThat(effects("machine-started"))
                .filteredOn(line -> line.contains("\"pid\":" + pid))
                .hasSize(1);
    }

    @Test
    void aMachineThatIsToldToQuitQuits() throws IOException {
        // Given
        HandMade machine = start(Script.SLOW_BANNER);
        // When
        String answer = machine.asked("quit");
        // Then
        assertThat(answer).contains("\"return\"");
        await().atMost(LONGEST).untilAsserted(() -> assertThat(machine.runs()).isFalse());
    }

    @Test
    void aKernelThatPanicsSaysSoOnTheConsoleAndToItsMachine() throws IOException {
        // Given
        try (HandMade machine = start(Script.PANIC_WHILE_BOOTING)) {
            // When
            await().atMost(LONGEST)
                    .untilAsserted(() -> assertThat(machine.consoleText()).contains("Kernel panic - not syncing"));
            // Then
            assertThat(machine.asked("query-status")).contains("\"guest-panicked\"");
            assertThat(machine.runs()).isTrue();
        }
    }
}
