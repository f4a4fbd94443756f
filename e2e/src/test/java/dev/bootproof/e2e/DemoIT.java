package dev.bootproof.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bootproof.e2e.Command.Outcome;
import dev.bootproof.events.ImageRef;
import dev.bootproof.events.Names;
import dev.bootproof.registry.Descriptor;
import dev.bootproof.registry.Registry;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/** The main job: push an image, a real machine boots it, a verdict comes out, nothing stays. */
@Order(1)
@ExtendWith(LabExtension.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DemoIT {
    private final Lab lab;
    private final String image;

    DemoIT(Lab lab) {
        this.lab = lab;
        this.image = "/demo-os:latest";
    }

    private String image() {
        return lab.address("registry") + image;
    }

    @Test
    @Order(1)
    void theFirstDemoPassesAndSaysWhereToLook() {
        // When
        Outcome outcome = lab.bootproof("demo");
        // Then
        assertThat(outcome.exit()).as(outcome.toString()).isZero();
        assertThat(outcome.out()).contains("passed");
        Run run = lab.runs(image()).getFirst();
        assertThat(run.firstPhase()
                        .path("suites")
                        .path(0)
                        .path("counts")
                        .path("passed")
                        .asInt())
                .as(run.summary())
                .isPositive();
        assertThat(run.story().path("trigger").asText())
                .as("while the demo OS is made the poller's own look may come first")
                .isIn("push", "poll");
    }

    @Test
    @Order(2)
    void theSuiteReallyRanInTheGuestFromTheSideDisk() {
        // Given
        Run run = lab.runs(image()).getFirst();
        // When
        String journal = lab.web().text("/runs/" + run.id() + "/evidence/journal.txt");
        // Then
        assertThat(journal).contains(Names.unit("system"));
    }

    @Test
    @Order(3)
    void thePageShowsTheScreenshotAndTheConsole() {
        // Given
        Run run = lab.runs(image()).getFirst();
        // When
        HttpResponse<byte[]> picture = lab.web().get("/runs/" + run.id() + "/screenshot.png");
        String page = lab.web().text("/runs/" + run.id());
        // Then
        assertThat(picture.statusCode()).isEqualTo(200);
        assertThat(picture.body()).startsWith(0x89, 'P', 'N', 'G');
        assertThat(page).contains("/runs/" + run.id() + "/evidence/screenshot.png", "Passed", run.digest());
        assertThat(lab.web().text("/runs/" + run.id() + "/evidence/console.log"))
                .contains("Linux version");
        assertThat(lab.web().text("/")).contains("/runs/" + run.id());
    }

    @Test
    @Order(4)
    void theRegistryListsTheResultAmongTheReferrersOfTheTestedDigest() {
        // Given
        Run run = lab.runs(image()).getFirst();
        ImageRef tested = ImageRef.parse(image()).at(new dev.bootproof.events.Digest(run.digest()));
        // When
        List<Descriptor> referrers;
        try (Registry registry = lab.images().registry()) {
            referrers = registry.referrers(tested);
        }
        // Then
        assertThat(referrers)
                .filteredOn(referrer -> Names.RESULT_TYPE.equals(referrer.artifactType()))
                .as("the signed verdict may be there already, or come a moment later")
                .singleElement()
                .satisfies(result ->
                        assertThat(result.annotations()).containsValue("passed").containsValue(run.id()));
    }

    @Test
    @Order(5)
    void aMinuteLaterNothingIsLeft() {
        lab.awaitNothingLeft(lab.runs(image()).getFirst().id());
    }

    @Test
    @Order(6)
    void aSecondDemoIsANewDigestAndANewRun() {
        // Given
        String before = lab.runs(image()).getFirst().digest();
        long began = System.nanoTime();
        // When
        Outcome outcome = lab.bootproof("demo");
        // Then
        System.out.printf(
                "second demo: %.1f s%n",
                Duration.ofNanos(System.nanoTime() - began).toMillis() / 1000.0);
        assertThat(outcome.exit()).as(outcome.toString()).isZero();
        assertThat(lab.runs(image())).hasSize(2);
        assertThat(lab.runs(image()).getFirst().digest()).isNotEqualTo(before);
        assertThat(lab.runs(image()).getFirst().story().path("trigger").asText())
                .isEqualTo("push");
        lab.awaitNothingLeft(lab.runs(image()).getFirst().id());
    }
}
