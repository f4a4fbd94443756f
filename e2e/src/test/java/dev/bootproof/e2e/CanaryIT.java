package dev.bootproof.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bootproof.events.ImageRef;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** While an image that is known to be good does not pass, the lab is unwell and nobody else's image has failed. */
@Order(16)
@Tag("slow")
@ExtendWith(LabExtension.class)
class CanaryIT {
    private final Lab lab;

    CanaryIT(Lab lab) {
        this.lab = lab;
    }

    @BeforeEach
    void up() {
        lab.up();
    }

    @AfterEach
    void withoutACanary() {
        lab.catalog().stream(lab.images().named("golden-os:latest").toString(), "onFirstSight: remember\n");
    }

    @Test
    void whileTheCanaryCannotBootFailuresAreTheLabsAndWithItMendedTheImages() {
        // Given
        ImageRef golden = push("golden-os", "good-1");
        lab.catalog().stream(golden.toString(), """
                onFirstSight: run
                canary: true
                schedule: ["0 0 1 1 *"]
                """);
        Run well = ended(golden, 1);
        String before = state();
        ImageRef broken = pushBroken("broken-os", "broken-1");
        ImageRef healthy = push("healthy-os", "healthy-1");

        // When
        pushBroken("golden-os", "broken-2");
        Run sick = ended(golden, 2);
        awaitState("unwell");
        String page = lab.web().text("/");
        String metrics = lab.web().text("/q/metrics");
        Run blamed = lab.awaitVerdict(lab.fire(broken, "demo").id());
        Run passed = lab.awaitVerdict(lab.fire(healthy, "demo").id());
        push("golden-os", "good-2");
        Run mended = ended(golden, 3);
        awaitState("well");
        Run plain = lab.awaitVerdict(lab.fire(broken, "demo").id());

        // Then
        assertThat(well.verdict()).as(well.summary()).isEqualTo("passed");
        assertThat(before).isEqualTo("well");
        assertThat(sick.verdict()).as(sick.summary()).isEqualTo("failed");
        assertThat(sick.story().path("testsDone").path("canary").asBoolean()).isTrue();
        assertThat(page).contains("The lab is unwell since ", "because the canary " + golden, sick.id());
        assertThat(metrics).containsPattern("bootproof_canary(\\{[^}]*})? 0\\.0");
        assertThat(blamed.verdict()).as(blamed.summary()).isEqualTo("errored");
        assertThat(blamed.fault()).isEqualTo("lab-unwell");
        assertThat(blamed.reason())
                .startsWith("the lab is unwell: the canary " + golden + " failed at ")
                .contains("of this run the lab would have said: ");
        assertThat(passed.verdict()).as(passed.summary()).isEqualTo("passed");
        assertThat(mended.verdict()).as(mended.summary()).isEqualTo("passed");
        assertThat(plain.verdict()).as(plain.summary()).isEqualTo("failed");
        lab.awaitNothingLeft(plain.id());
    }

    private ImageRef push(String name, String layer) {
        String unique = layer + "-" + System.nanoTime();
        Layout layout = lab.images().demo().with(unique, tar -> Layer.file(tar, "usr/share/layer", 0644, unique));
        return lab.images().push(layout, name + ":latest");
    }

    /** Without a first process the kernel panics. */
    private ImageRef pushBroken(String name, String layer) {
        Layout layout = lab.images().demo().with(layer + "-" + System.nanoTime(), tar -> {
            Layer.whiteout(tar, "usr/sbin/init");
            Layer.whiteout(tar, "usr/lib/systemd/systemd");
        });
        return lab.images().push(layout, name + ":latest");
    }

    private Run ended(ImageRef image, int count) {
        return lab.awaitVerdict(lab.awaitRun(image.toString(), count).id());
    }

    private void awaitState(String state) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(state()).isEqualTo(state));
    }

    private String state() {
        JsonNode lab = this.lab.web().json("/api/lab");
        return lab.path("state").asText();
    }
}
