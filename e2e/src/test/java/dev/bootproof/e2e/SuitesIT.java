package dev.bootproof.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bootproof.events.ImageRef;
import dev.bootproof.registry.Artifact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Suites from everywhere, in every format, with failures that do not block and accidents that do. */
@Order(12)
@Tag("slow")
@ExtendWith(LabExtension.class)
class SuitesIT {
    private static final String PLAN = """
            recipe:
              kind: rootfs
              filesystem: ext4
              sizeMiB: 2048
              kernelArguments: ["root=/dev/vda", "rw", "console=tty0", "console=ttyS0"]
            buildTimeout: PT10M
            maxWait: PT30M
            phases:
              - name: boot
                memoryMiB: 1024
                cpus: 2
                bootTimeout: PT5M
                suites: [%s]
            """;

    private final Lab lab;

    @TempDir
    Path directory;

    SuitesIT(Lab lab) {
        this.lab = lab;
    }

    @BeforeEach
    void up() {
        lab.up();
    }

    @Test
    void suitesComeFromAnywhereWhatIsKnownDoesNotBlockAndWhatIsFlakyIsNamed() throws IOException {
        // Given
        String commit = repository();
        ImageRef artifact = artifact();
        lab.catalog()
                .section(
                        "knownFailures",
                        "- {pattern: \"grumpy: .*sings\", tracker: \"https://example.org/issues/7\", until: 2999-12-31}\n");
        lab.catalog()
                .plan(
                        "suites",
                        PLAN.formatted(String.join(
                                ", ",
                                List.of(
                                        "{name: unsteady, timeout: PT2M}",
                                        "{name: grumpy, timeout: PT2M}",
                                        "{name: cloned, timeout: PT2M, source: \"git+file://"
                                                + directory.resolve("repository") + "@main#suites/cloned\"}",
                                        "{name: fetched, timeout: PT2M, source: \"oci://" + artifact + "\"}",
                                        "{name: outside, timeout: PT2M, place: beside}"))));
        ImageRef image = lab.images().push(lab.images().demo(), "suites-os:latest");
        // When
        Run run = lab.awaitVerdict(lab.fire(image, "suites").id());
        // Then
        assertThat(run.verdict()).as(run.summary()).isEqualTo("failed");
        assertThat(run.suite(0, "unsteady").path("verdict").asText()).isEqualTo("failed");
        assertThat(run.suite(0, "grumpy").path("verdict").asText()).isEqualTo("passed");
        assertThat(run.suite(0, "unsteady").path("flaky").path(0).asText()).isEqualTo("What sometimes works works");
        JsonNode known = run.suite(0, "grumpy").path("known").path(0);
        assertThat(known.path("why").asText()).contains("https://example.org/issues/7");
        assertThat(run.suite(0, "cloned").path("origin").asText()).contains("@" + commit);
        assertThat(run.suite(0, "fetched").path("origin").asText()).contains("@sha256:");
        assertThat(run.suite(0, "outside").path("verdict").asText()).isEqualTo("passed");
        assertThat(run.suite(0, "console").path("verdict").asText()).isEqualTo("passed");
        assertThat(lab.web().text("/runs/" + run.id()))
                .contains("What sometimes works works", "https://example.org/issues/7", commit.substring(0, 12));
        lab.awaitNothingLeft(run.id());
    }

    @Test
    void anAccidentOnTheConsoleFailsARunWhoseSuitesAreContent() {
        // Given
        lab.catalog().plan("accident", PLAN.formatted("{name: accident, timeout: PT2M}"));
        ImageRef image = lab.images().push(lab.images().demo(), "accident-os:latest");
        // When
        Run run = lab.awaitVerdict(lab.fire(image, "accident").id());
        // Then
        assertThat(run.verdict()).as(run.summary()).isEqualTo("failed");
        assertThat(run.suite(0, "accident").path("verdict").asText()).isEqualTo("passed");
        JsonNode accident = run.suite(0, "console").path("failures").path(0);
        assertThat(accident.path("message").asText()).contains("unable to handle page fault");
        lab.awaitNothingLeft(run.id());
    }

    /** A repository with one suite; gives its commit. */
    private String repository() throws IOException {
        Path repository = directory.resolve("repository");
        Path suite = Files.createDirectories(repository.resolve("suites/cloned"));
        program(suite.resolve("run"));
        git("init", "--quiet", "--initial-branch=main", repository.toString());
        git("-C", repository.toString(), "add", ".");
        git("-C", repository.toString(), "-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "-qm", "one");
        return git("-C", repository.toString(), "rev-parse", "HEAD").strip();
    }

    private static String git(String... arguments) {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        Command.Outcome outcome = new Command(command, Map.of(), "").run(Duration.ofSeconds(30));
        assertThat(outcome.exit()).as(outcome.toString()).isZero();
        return outcome.out();
    }

    /** An artifact with one suite. */
    private ImageRef artifact() throws IOException {
        Path suite = Files.createDirectories(directory.resolve("fetched"));
        program(suite.resolve("run"));
        Path tar = directory.resolve("suite.tar");
        List<String> command = List.of("tar", "-C", suite.toString(), "-cf", tar.toString(), "run");
        assertThat(new Command(command, Map.of(), "")
                        .run(Duration.ofSeconds(30))
                        .exit())
                .isZero();
        ImageRef tag = lab.images().named("suites/fetched:latest");
        try (var registry = lab.images().registry()) {
            var file = new Artifact.File("suite.tar", "application/vnd.oci.image.layer.v1.tar", tar);
            registry.push(tag, new Artifact("application/vnd.example.suite", List.of(file), Map.of(), null));
        }
        return tag;
    }

    private static void program(Path file) throws IOException {
        Files.writeString(file, "#!/bin/sh\nexit 0\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }
}
