package dev.bootproof.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bootproof.e2e.Command.Outcome;
import dev.bootproof.events.ImageRef;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a person at one machine does with a run that failed: look into it, run it again, end it, clean up. */
@Order(8)
@Tag("slow")
@ExtendWith(LabExtension.class)
class ComfortIT {
    private final Lab lab;

    ComfortIT(Lab lab) {
        this.lab = lab;
    }

    @BeforeEach
    void up() {
        lab.up();
    }

    /** The demo OS with a unit that fails, so that the suite does. */
    private ImageRef broken() {
        return lab.images()
                .push(
                        lab.images().demo().with("comfort-" + System.nanoTime(), tar -> {
                            Layer.file(tar, "etc/systemd/system/broken.service", 0644, """
                                    [Service]
                                    Type=oneshot
                                    ExecStart=/bin/false
                                    """);
                            Layer.link(
                                    tar,
                                    "etc/systemd/system/multi-user.target.wants/broken.service",
                                    "/etc/systemd/system/broken.service");
                        }),
                        "comfort:latest");
    }

    @Test
    void aFailedRunIsKeptLookedIntoRunAgainCancelledAndReleased() {
        // Given
        ImageRef image = broken();

        // When
        Outcome run = lab.bootproof("run", image.toString(), "--keep", "20m");

        // Then
        assertThat(run.exit()).as(run.toString()).isEqualTo(1);
        String kept = lab.runs(image.toString()).getFirst().id();
        assertThat(run.out()).contains("kept     until ", "./bootproof ssh " + kept);
        looksInto(kept);
        String again = runsAgain(kept);
        cancels(again);
        releases(kept);
        lab.awaitNothingLeft(kept);
        lab.awaitNothingLeft(again);
    }

    private void looksInto(String kept) {
        Outcome uname = lab.bootproof("ssh", kept, "--", "uname -s; systemctl is-failed broken.service; exit 7");
        assertThat(uname.out()).as(uname.toString()).isEqualTo("Linux\nfailed\n");
        assertThat(uname.exit()).isEqualTo(7);
        Outcome logs = lab.bootproof("logs", "--run", kept, "--console");
        assertThat(logs.exit()).as(logs.toString()).isZero();
        assertThat(logs.out()).contains("disk-builder   |", "vm-provisioner |", "console p0     |", "Linux version");
        assertThat(lab.bootproof("show", kept).out()).contains("kept     until ", "broken.service");
        assertThat(lab.bootproof("runs").out()).contains("kept until ");
    }

    private String runsAgain(String kept) {
        Outcome rerun = lab.bootproof("rerun", kept, "--failed", "--no-follow");
        assertThat(rerun.exit()).as(rerun.toString()).isZero();
        String again = rerun.out().strip();
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(lab.web().get("/api/runs/" + again).statusCode())
                                .isEqualTo(200));
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(lab.run(again).leaseState()).isEqualTo("held"));
        assertThat(lab.run(again).digest()).isEqualTo(lab.run(kept).digest());
        return again;
    }

    private void cancels(String again) {
        Outcome release = lab.bootproof("release", again);
        assertThat(release.exit()).as(release.toString()).isEqualTo(2);
        assertThat(release.err()).contains("goes on: wait for its verdict, or cancel it");
        Outcome cancel = lab.bootproof("cancel", again);
        assertThat(cancel.exit()).as(cancel.toString()).isZero();
        assertThat(cancel.out()).startsWith("skipped: cancelled by ");
        Run cancelled = lab.awaitVerdict(again);
        assertThat(cancelled.fault()).as(cancelled.summary()).isEqualTo("cancelled");
    }

    private void releases(String kept) {
        Outcome watch = lab.bootproof("watch", "--until-idle");
        assertThat(watch.exit()).as(watch.toString()).isZero();
        assertThat(watch.out()).contains(kept, "kept until ");
        Outcome release = lab.bootproof("release", kept);
        assertThat(release.exit()).as(release.toString()).isZero();
        assertThat(release.out()).contains("nothing is left of " + kept, "removed machine bootproof-" + kept + "-p0");
        Outcome gone = lab.bootproof("ssh", kept);
        assertThat(gone.exit()).as(gone.toString()).isEqualTo(2);
        assertThat(gone.err()).contains("is gone");
        Outcome late = lab.bootproof("cancel", kept);
        assertThat(late.exit()).as(late.toString()).isEqualTo(2);
        assertThat(late.err()).contains("has ended already, failed: ");
    }
}
