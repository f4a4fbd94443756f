package dev.bootproof.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What shells are told, tried in a real one. */
class CompletionTest {
    @TempDir
    Path directory;

    private final Screen out = new Screen();

    private String completion(String shell) {
        int exit = Bootproof.run(Labs.in(directory.resolve("lab")), out.terminal(), out.stream(), "completion", shell);
        assertThat(exit).isZero();
        return out.text();
    }

    /** What bash offers for these words, the last of which is being typed. */
    private String offered(String words) throws IOException {
        Path script = Files.writeString(directory.resolve("completion"), completion("bash"));
        Path program = Files.writeString(
                directory.resolve("bootproof"),
                "#!/bin/sh\n[ \"$1\" != run-names ] || echo demo-os-latest-0123456789ab\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        Path test = Files.writeString(
                directory.resolve("test"),
                "source %s\nCOMP_WORDS=(%s)\nCOMP_CWORD=$((${#COMP_WORDS[@]} - 1))\n_complete_bootproof 2>/dev/null\necho \"${COMPREPLY[@]}\"\n"
                        .formatted(script, words.replace("./bootproof", program.toString())));
        Optional<Program.Result> said = Program.run(Duration.ofSeconds(20), "bash", test.toString());
        return said.orElseThrow().output().strip();
    }

    @Test
    void bashOffersCommands() throws IOException {
        assertThat(offered("./bootproof re").split("\\s+")).contains("rerun", "release");
    }

    @Test
    void bashOffersTheNamesOfRuns() throws IOException {
        assertThat(offered("./bootproof show demo")).isEqualTo("demo-os-latest-0123456789ab");
    }

    @Test
    void bashOffersParts() throws IOException {
        assertThat(offered("./bootproof logs po")).isEqualTo("poller");
    }

    @Test
    void fishIsToldTheSame() {
        assertThat(completion("fish"))
                .contains("complete -c bootproof -n __fish_use_subcommand -a rerun -d ")
                .contains("-l keep")
                .contains("run-names 2>/dev/null")
                .doesNotContain(KnownRuns.Names.HERE);
    }

    @Test
    void theHiddenCommandIsNotOffered() throws IOException {
        assertThat(offered("./bootproof run-")).doesNotContain("run-names");
    }

    @Test
    void namesOfRunsAreAskedOfALabThatIsUpOnly() {
        Lab lab = Labs.in(directory.resolve("lab"));

        assertThat(Bootproof.run(lab, out.terminal(), out.stream(), "run-names"))
                .isZero();
        assertThat(out.text()).isEmpty();
    }
}
