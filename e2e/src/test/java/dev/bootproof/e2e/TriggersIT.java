package dev.bootproof.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bootproof.events.ImageRef;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What fires a run, and what does not. */
@Order(2)
@Tag("slow")
@ExtendWith(LabExtension.class)
class TriggersIT {
    private final Lab lab;

    TriggersIT(Lab lab) {
        this.lab = lab;
    }

    @BeforeEach
    void up() {
        lab.up();
    }

    private static String event(ImageRef image) {
        return "{\"image\":\"" + image + "\"}";
    }

    @Test
    void aTypedLineIsARunAndTheSameLineTypedAgainANewOne() {
        // Given
        ImageRef image = lab.images().push(lab.images().demo(), "typed-os:latest");
        // When
        lab.kcat(event(image));
        Run first = lab.awaitVerdict(lab.awaitRun(image.toString(), 1).id());
        lab.kcat(event(image));
        Run second = lab.awaitVerdict(lab.awaitRun(image.toString(), 2).id());
        // Then
        assertThat(first.verdict()).as(first.summary()).isEqualTo("passed");
        assertThat(second.verdict()).as(second.summary()).isEqualTo("passed");
        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(second.digest()).isEqualTo(first.digest());
        lab.awaitNothingLeft(second.id());
    }

    @Test
    void theSameDigestPushedTwiceIsOneRunAndAnotherImageUnderTheTagIsTestedAsItself() {
        // Given
        String name = "demo-os:latest";
        String image = lab.address("registry") + "/" + name;
        Layout other = lab.images()
                .demo()
                .with("other-" + System.nanoTime(), tar -> Layer.file(tar, "usr/share/other", 0644, "another image\n"));
        int before = lab.runs(image).size();
        // When
        ImageRef pushed = lab.images().push(other, name);
        Run run = lab.awaitVerdict(lab.awaitRun(image, before + 1).id());
        lab.images().push(other, name);
        lab.kcat(event(pushed));
        Run marker = lab.awaitVerdict(lab.awaitRun(image, before + 2).id());
        // Then
        assertThat(run.verdict()).as(run.summary()).isEqualTo("passed");
        assertThat(run.digest()).isEqualTo(lab.images().digest(pushed).value());
        assertThat(marker.story().path("trigger").asText()).isEqualTo("manual");
        assertThat(lab.runs(image)).as("the second push fired nothing").hasSize(before + 2);
    }
}
