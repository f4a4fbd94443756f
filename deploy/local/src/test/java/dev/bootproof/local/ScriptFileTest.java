package dev.bootproof.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that people type, on a machine that has nothing. */
class ScriptFileTest {
    @TempDir
    Path directory;

    @BeforeEach
    void onlyWhatEveryMachineHas() throws IOException {
        for (String tool : List.of("sh", "cat", "dirname", "readlink", "printf", "id", "sed", "grep", "env")) {
            Path program = Path.of("/usr/bin", tool);
            Files.createSymbolicLink(directory.resolve(tool), Files.exists(program) ? program : Path.of("/bin", tool));
        }
    }

    private record Outcome(int exit, String output) {}

    private Outcome script(Map<String, String> environment, String... arguments) throws Exception {
        var command =
                new ArrayList<>(List.of(Labs.checkout().resolve("bootproof").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(Map.of("PATH", directory.toString(), "HOME", directory.toString()));
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), output);
    }

    @Test
    void helpNeedsNothing() throws Exception {
        Outcome outcome = script(Map.of(), "--help");

        assertThat(outcome.exit()).isZero();
        assertThat(outcome.output()).startsWith("usage: ./bootproof");
    }

    @Test
    void withoutInstallingItSaysWhatIsMissing() throws Exception {
        Outcome outcome = script(Map.of("JAVA_HOME", System.getProperty("java.home")), "--no-install", "up");

        assertThat(outcome.exit()).isEqualTo(2);
        assertThat(outcome.output())
                .contains("missing here:")
                .contains(" maven ")
                .contains(" docker-registry ")
                .contains(" kcat ")
                .contains("apt-get install");
    }

    @Test
    void whatGoesToAFileHasNoColours() throws Exception {
        Outcome outcome =
                script(Map.of("JAVA_HOME", System.getProperty("java.home"), "TERM", "xterm"), "--no-install", "demo");

        assertThat(outcome.output()).doesNotContain("\033");
    }
}
