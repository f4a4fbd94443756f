package dev.bootproof.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bootproof.events.ImageRef;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A suite that starts from the saved machine finds what it would find in a boot of its own, only sooner. */
@Order(11)
@Tag("slow")
@ExtendWith(LabExtension.class)
class SnapshotsIT {
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final Lab lab;

    SnapshotsIT(Lab lab) {
        this.lab = lab;
    }

    /** What a suite found, and how long its machine took to begin. */
    private record Found(String verdict, JsonNode counts, List<String> failures, double startSeconds) {}

    @Test
    void suitesFindTheSameInASavedMachineAsInAFreshBootAndFindItSooner() {
        // Given
        lab.up();
        ImageRef image = lab.images().push(lab.images().demo(), "isolated-os:latest");
        // When
        Run shared = run(image, "shared");
        Run boot = run(image, "boot");
        Run snapshot = run(image, "snapshot");
        // Then
        Found fresh = found(boot, "tidy");
        Found saved = found(snapshot, "tidy");
        print(fresh, saved);
        assertThat(shared.suite(0, "tidy").path("counts").path("failed").asInt())
                .as("without isolation the second suite trips over the first")
                .isGreaterThan(1);
        assertThat(saved.failures()).hasSize(1).isEqualTo(fresh.failures());
        assertThat(saved.counts()).isEqualTo(fresh.counts());
        assertThat(found(snapshot, "traced").failures())
                .isEqualTo(found(boot, "traced").failures());
        assertThat(snapshot.verdict()).as(snapshot.summary()).isEqualTo(boot.verdict());
        assertThat(saved.startSeconds()).isLessThan(fresh.startSeconds());
    }

    private Run run(ImageRef image, String isolate) {
        lab.catalog().plan("isolate-" + isolate, """
                recipe:
                  kind: rootfs
                  filesystem: ext4
                  sizeMiB: 2048
                  kernelArguments: ["root=/dev/vda", "rw", "console=tty0", "console=ttyS0"]
                isolate: %s
                buildTimeout: PT10M
                maxWait: PT30M
                phases:
                  - name: boot
                    memoryMiB: 512
                    cpus: 2
                    bootTimeout: PT5M
                    suites:
                      - {name: traced, timeout: PT3M}
                      - {name: tidy, timeout: PT3M}
                """.formatted(isolate));
        Run run = lab.awaitVerdict(lab.fire(image, "isolate-" + isolate).id(), LIMIT);
        assertThat(run.fault()).as(run.summary()).isEqualTo("suite-failed");
        lab.awaitNothingLeft(run.id());
        return run;
    }

    private Found found(Run run, String suite) {
        JsonNode result = run.suite(0, suite);
        return new Found(
                result.path("verdict").asText(),
                result.path("counts"),
                result.path("failures").findValuesAsText("test"),
                suite.equals("tidy") ? start(run, suite) : 0);
    }

    private double start(Run run, String suite) {
        return lab.web()
                        .json("/runs/" + run.id() + "/evidence/suites/" + suite + "/start.json")
                        .path("millis")
                        .asLong()
                / 1000.0;
    }

    private static void print(Found fresh, Found saved) {
        System.out.printf("the second suite   %20s %20s%n", "from a fresh boot", "from the saved one");
        System.out.printf("  starts after     %18.1f s %18.1f s%n", fresh.startSeconds(), saved.startSeconds());
        System.out.printf("  verdict          %20s %20s%n", fresh.verdict(), saved.verdict());
        System.out.printf("  counts           %20s %20s%n", brief(fresh.counts()), brief(saved.counts()));
    }

    private static String brief(JsonNode counts) {
        return counts.path("passed").asInt() + " passed, "
                + counts.path("failed").asInt() + " failed";
    }
}
