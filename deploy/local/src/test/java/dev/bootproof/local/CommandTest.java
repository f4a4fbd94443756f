package dev.bootproof.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandTest {
    @TempDir
    Path directory;

    private final Screen out = new Screen();
    private final Screen errors = new Screen();

    private int bootproof(String... arguments) {
        return Bootproof.run(Labs.in(directory.resolve("lab")), out.terminal(), errors.stream(), arguments);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "up",
                "down",
                "status",
                "demo",
                "run",
                "runs",
                "show",
                "watch",
                "logs",
                "ssh",
                "rerun",
                "cancel",
                "release",
                "catalog",
                "catalog check",
                "secret",
                "secret set",
                "dlq",
                "dlq show",
                "dlq replay",
                "doctor",
                "completion"
            })
    void everyCommandExplainsItself(String command) {
        assertThat(bootproof((command + " --help").split(" "))).isZero();
        assertThat(out.text()).contains("Usage: ./bootproof " + command);
    }

    @Test
    void itSaysItsVersion() {
        assertThat(bootproof("--version")).isZero();
        assertThat(out.text()).startsWith("bootproof 0.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "runs",
                "show some-run",
                "watch",
                "ssh x",
                "cancel x",
                "release x",
                "rerun x",
                "dlq",
                "dlq show x",
                "dlq replay x",
                "run a.b/c --keep 30m"
            })
    void aLabThatIsNotUpIsSaidWithWhatToDo(String command) {
        assertThat(bootproof(command.split(" "))).isEqualTo(2);
        assertThat(errors.lines()).containsExactly("bootproof: the lab is not up", "  run ./bootproof up");
    }

    @Test
    void anImageWithoutARegistryIsRefusedBeforeAnythingIsSent() {
        assertThat(bootproof("run", "org/bluefin:latest")).isEqualTo(2);
        assertThat(errors.text())
                .contains("\"org/bluefin:latest\" names no registry")
                .contains("nothing was sent");
    }

    @Test
    void aTimeThatIsNoneOrTooLongIsRefusedBeforeAnythingIsSent() {
        assertThat(bootproof("run", "ghcr.io/org/os:latest", "--keep", "soon")).isEqualTo(2);
        assertThat(bootproof("run", "ghcr.io/org/os:latest", "--keep", "25h")).isEqualTo(2);
        assertThat(errors.text()).contains("write 30m, 1h30m or PT30M").contains("of at most PT24H");
    }

    @Test
    void anUnknownPartIsRefusedWithAllThatThereAre() {
        assertThat(bootproof("up", "--only", "kafka")).isEqualTo(2);
        assertThat(errors.text()).contains("the lab has no part \"kafka\"").contains("broker, registry, poller");
    }

    @Test
    void unknownOptionsAreWrongUsage() {
        assertThat(bootproof("up", "--fast")).isEqualTo(2);
    }

    @Test
    void theStatusOfALabThatIsDownIsAnAnswer() {
        assertThat(bootproof("status")).isEqualTo(3);
        assertThat(out.text()).startsWith("the lab is not up: run ./bootproof up");
    }

    @Test
    void aHomeTooLongForSocketsIsRefused() {
        // Given
        Lab lab = Labs.in(Path.of("/var/tmp/" + "long".repeat(12)));

        // When
        int exit = Bootproof.run(lab, out.terminal(), errors.stream(), "up");

        // Then
        assertThat(exit).isEqualTo(2);
        assertThat(errors.text()).contains("is too long a path").contains("set BOOTPROOF_HOME");
    }

    @Test
    void aDirectoryWithOtherThingsInItIsNotMadeALab() throws IOException {
        // Given
        Path file = Files.createDirectories(directory.resolve("lab")).resolve("thesis.txt");
        Files.writeString(file, "years of work");

        // When
        int up = bootproof("up", "--only", "broker");
        int wipe = bootproof("down", "--wipe");

        // Then
        assertThat(up).isEqualTo(2);
        assertThat(wipe).isEqualTo(2);
        assertThat(errors.text()).contains("holds other things, such as thesis.txt");
        assertThat(file).exists();
    }
}
