package dev.bootproof.testrunner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bootproof.events.Access;
import dev.bootproof.events.Digest;
import dev.bootproof.events.DiskInputs;
import dev.bootproof.events.Firmware;
import dev.bootproof.events.ImageRef;
import dev.bootproof.events.MachinePlan;
import dev.bootproof.events.Medium;
import dev.bootproof.events.Medium.Drive;
import dev.bootproof.events.PhasePlan;
import dev.bootproof.events.Pins;
import dev.bootproof.events.Plan;
import dev.bootproof.events.Recipe;
import dev.bootproof.events.RunId;
import dev.bootproof.events.Sample;
import dev.bootproof.events.SshAddress;
import dev.bootproof.events.SuitePlan;
import dev.bootproof.events.SuitePlan.Step;
import dev.bootproof.events.Trigger;
import dev.bootproof.events.VmReady;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SampleRuleTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Digest DIGEST = Digest.of("image");
    private static final ImageRef IMAGE = ImageRef.parse("registry.example.org/demo-os:latest");
    private static final Recipe RECIPE = new Recipe("rootfs", "ext4", 4096, List.of());
    private static final List<Sample> SAMPLES = List.of(new Sample("/usr/lib/os-release", Digest.of("os-release")));
    private static final SuitePlan SUITE = new SuitePlan("smoke", MINUTE);
    private static final SuitePlan REBOOT = new SuitePlan("restart", MINUTE, Step.REBOOT, null, null, null, 0);
    private static final SuitePlan SWITCH =
            new SuitePlan("deploy", MINUTE, Step.COMMAND, "bootc switch", null, null, 0);

    @Test
    void theImagesOwnDiskIsComparedAlsoAfterARestart() {
        PhaseWork work = work(0, phase(MachinePlan.PLAIN, SUITE, REBOOT, SUITE));
        assertThat(SampleRule.before(work, 0)).isEqualTo(SAMPLES);
        assertThat(SampleRule.before(work, 2)).isEqualTo(SAMPLES);
    }

    @Test
    void afterACommandAnotherSystemMayBeThere() {
        PhaseWork work = work(0, phase(MachinePlan.PLAIN, SUITE, SWITCH, REBOOT, SUITE));
        assertThat(SampleRule.before(work, 1)).isEqualTo(SAMPLES);
        assertThat(SampleRule.before(work, 3)).isEmpty();
    }

    @Test
    void aCommandOfAnEarlierPhaseCountsToo() {
        PhasePlan installs = phase(MachinePlan.PLAIN, SWITCH);
        assertThat(SampleRule.before(work(1, installs, phase(MachinePlan.PLAIN, SUITE)), 0))
                .isEmpty();
    }

    @Test
    void anInstalledDiskIsNotTheImages() {
        MachinePlan live = machine(new Medium(Medium.IMAGE, Drive.CDROM), new Medium("target", Drive.DISK));
        MachinePlan installed = machine(new Medium("target", Drive.DISK));
        assertThat(SampleRule.before(work(0, phase(live, SUITE)), 0)).isEmpty();
        assertThat(SampleRule.before(work(1, phase(live, SUITE), phase(installed, SUITE)), 0))
                .isEmpty();
    }

    private static MachinePlan machine(Medium... media) {
        return new MachinePlan(Firmware.UEFI, false, false, Access.CREDENTIALS, List.of(media));
    }

    private static PhasePlan phase(MachinePlan machine, SuitePlan... steps) {
        return new PhasePlan("phase", 512, 1, MINUTE, List.of(steps), machine);
    }

    private static PhaseWork work(int phase, PhasePlan... phases) {
        Plan plan = new Plan("plan", RECIPE, List.of(phases), MINUTE, MINUTE);
        Pins pins = new Pins(IMAGE, DIGEST, DIGEST, plan, null, null, Trigger.MANUAL);
        VmReady event = new VmReady(
                new RunId("demo-os-0123456789ab"),
                phase,
                new DiskInputs(DIGEST, IMAGE.at(DIGEST), RECIPE, "1"),
                SAMPLES,
                new SshAddress("127.0.0.1", 22, "root"),
                URI.create("http://127.0.0.1:1/m"),
                "sshd enabled by the image",
                List.of());
        return new PhaseWork(event, pins, () -> {});
    }
}
