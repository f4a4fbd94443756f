package dev.bootproof.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bootproof.events.ImageRef;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A desktop is used as a person does, by the names that AT-SPI has for things, and each step leaves a picture. */
@Order(15)
@Tag("slow")
@ExtendWith(LabExtension.class)
class DesktopIT {
    private static final String PLAN = """
            recipe:
              kind: rootfs
              filesystem: ext4
              sizeMiB: 2048
              kernelArguments: ["root=/dev/vda", "rw", "console=tty0", "console=ttyS0"]
            buildTimeout: PT10M
            maxWait: PT30M
            phases:
              - name: desktop
                memoryMiB: 1024
                cpus: 2
                bootTimeout: PT5M
                suites: [{name: gui, timeout: PT5M}]
            """;
    private static final String START = "\u0089PNG\r\n\u001a\n";

    private final Lab lab;

    DesktopIT(Lab lab) {
        this.lab = lab;
    }

    @BeforeEach
    void up() {
        lab.up();
    }

    @Test
    void aButtonOfADesktopIsPressedAndThePicturesOfTheStepsShowIt() {
        // Given
        lab.catalog().plan("desktop", PLAN);
        ImageRef image = lab.images().push(lab.guests().layered("desktop"), "desktop-os:latest");
        // When
        Run run = lab.awaitVerdict(lab.fire(image, "desktop").id());
        // Then
        assertThat(run.verdict()).as(run.summary()).isEqualTo("passed");
        JsonNode counts = run.suite(0, "gui").path("counts");
        assertThat(counts.path("passed").asInt()).as(run.summary()).isEqualTo(2);
        assertThat(counts.path("skipped").asInt()).as(run.summary()).isZero();
        picture(run, "01-the-image-has-dogtail");
        picture(run, "03-a-window-is-on-the-screen");
        byte[] before = picture(run, "07-the-window--Counter--is-on-the-screen");
        byte[] after = picture(run, "09-the-window--Counter--says-that-it-was-pressed-once-more");
        assertThat(Arrays.equals(before, after))
                .as("the pictures before and after the press are the same")
                .isFalse();
        lab.awaitNothingLeft(run.id());
    }

    /** The picture that was taken after a step. */
    private byte[] picture(Run run, String name) {
        String path = "/runs/%s/evidence/suites/gui/screenshots/%s.png".formatted(run.id(), name);
        HttpResponse<byte[]> response = lab.web().get(path);
        assertThat(response.statusCode()).as(path).isEqualTo(200);
        assertThat(new String(response.body(), StandardCharsets.ISO_8859_1))
                .as(path)
                .startsWith(START);
        return response.body();
    }
}
