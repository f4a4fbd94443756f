package dev.bootproof.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bootproof.events.ImageRef;
import dev.bootproof.events.Names;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each service is killed in the middle of its work and started again: one verdict, nothing left, nothing twice. */
@Order(6)
@Tag("slow")
@ExtendWith(LabExtension.class)
class KillsIT {
    private final Lab lab;

    KillsIT(Lab lab) {
        this.lab = lab;
    }

    @BeforeEach
    void up() {
        lab.up();
    }

    private Layout variant(String name) {
        return lab.images()
                .demo()
                .with(name + "-" + System.nanoTime(), tar -> Layer.file(tar, "usr/share/variant", 0644, name + "\n"));
    }

    private Run fire(String name) {
        ImageRef image = lab.images().push(variant(name), name + ":latest");
        lab.kcat("{\"image\":\"" + image + "\"}");
        return lab.awaitRun(image.toString(), 1);
    }

    private void awaitStage(Run run, String stage) {
        await().pollInterval(Duration.ofMillis(50))
                .atMost(Lab.RUN)
                .untilAsserted(() -> assertThat(lab.run(run.id()).inStage(stage))
                        .as(lab.run(run.id()).summary())
                        .isTrue());
    }

    private void assertOneVerdictAndNothingLeft(String id) {
        Run run = lab.awaitVerdict(id);
        assertThat(run.verdict()).as(run.summary()).isEqualTo("passed");
        lab.awaitNothingLeft(id);
        assertThat(lab.run(id).late()).isZero();
        String journal = lab.web().text("/runs/" + id + "/evidence/journal.txt");
        assertThat(journal.lines().filter(line -> line.contains("Started " + Names.unit("system"))))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"disk-builder", "vm-provisioner", "test-runner"})
    void aStageKilledInTheMiddleOfItsWorkFinishesTheRun(String stage) {
        // Given
        Run run = fire("killed-" + stage);
        awaitStage(run, stage);
        // When
        lab.kill(stage);
        lab.up("--only", stage);
        // Then
        assertOneVerdictAndNothingLeft(run.id());
    }

    @Test
    void aPollerKilledWhileAnImageIsPushedStillFiresItOnce() {
        // Given
        String image = lab.address("registry") + "/demo-os:latest";
        int before = lab.runs(image).size();
        // When
        lab.kill("poller");
        lab.images().push(variant("killed-poller"), "demo-os:latest");
        lab.up("--only", "poller");
        // Then
        Run run = lab.awaitRun(image, before + 1);
        assertOneVerdictAndNothingLeft(run.id());
        assertThat(lab.runs(image)).hasSize(before + 1);
    }

    @Test
    void aPublisherKilledBeforeTheVerdictPublishesItOnce() {
        // Given
        Run run = fire("killed-publisher");
        awaitStage(run, "test-runner");
        // When
        lab.kill("publisher");
        lab.up("--only", "publisher");
        // Then
        assertOneVerdictAndNothingLeft(run.id());
        ImageRef tested = ImageRef.parse(run.image())
                .at(new dev.bootproof.events.Digest(lab.run(run.id()).digest()));
        try (var registry = lab.images().registry()) {
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(registry.referrers(tested))
                            .as("one result and one signed verdict")
                            .hasSize(2));
        }
    }

    @Test
    void aJanitorKilledBeforeTheVerdictStillLeavesNothing() {
        // Given
        Run run = fire("killed-janitor");
        awaitStage(run, "test-runner");
        // When
        lab.kill("janitor");
        lab.awaitVerdict(run.id());
        lab.up("--only", "janitor");
        // Then
        assertOneVerdictAndNothingLeft(run.id());
    }
}
