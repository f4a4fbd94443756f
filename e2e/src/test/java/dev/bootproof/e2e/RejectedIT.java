package dev.bootproof.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bootproof.e2e.Command.Outcome;
import dev.bootproof.events.EventJson;
import dev.bootproof.events.ImageRef;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is typed wrongly is put aside with a sentence that says what to do, and delays nobody. */
@Order(4)
@ExtendWith(LabExtension.class)
class RejectedIT {
    private final Lab lab;

    RejectedIT(Lab lab) {
        this.lab = lab;
    }

    private JsonNode rejected() throws IOException {
        Outcome outcome = lab.bootproof("runs", "--rejected", "--output", "json");
        assertThat(outcome.exit()).as(outcome.toString()).isZero();
        return EventJson.mapper().readTree(outcome.out());
    }

    @Test
    void badLinesAreRejectedOnceEachAndTheNextEventRunsNormally() throws IOException {
        // Given
        lab.up();
        ImageRef image = lab.images().push(lab.images().demo(), "after-poison:latest");
        int before = rejected().size();
        // When
        List.of(
                        "this is not JSON",
                        "{\"plan\":\"demo\"}",
                        "{\"image\":\"" + image + "\",\"plan\":\"nonsense\"}",
                        "{\"image\":\"demo-os:latest\"}")
                .forEach(lab::kcat);
        lab.kcat("{\"image\":\"" + image + "\"}");
        // Then
        Run run = lab.awaitVerdict(lab.awaitRun(image.toString(), 1).id());
        assertThat(run.verdict()).as(run.summary()).isEqualTo("passed");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(rejected()).hasSize(before + 4));
        assertThat(rejected().findValuesAsText("field")).contains("body", "image", "plan");
        assertThat(rejected().findValuesAsText("reason"))
                .anySatisfy(reason -> assertThat(reason).contains("not JSON"))
                .anySatisfy(reason -> assertThat(reason).contains("name the image"))
                .anySatisfy(reason -> assertThat(reason).contains("nonsense", "demo"))
                .anySatisfy(reason -> assertThat(reason).contains("registry"));
    }
}
