package dev.bootproof.testrunner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bootproof.events.DerivedKeys;
import dev.bootproof.events.Digest;
import dev.bootproof.events.DiskInputs;
import dev.bootproof.events.Fault;
import dev.bootproof.events.ImageRef;
import dev.bootproof.events.Isolation;
import dev.bootproof.events.MachineState.Power;
import dev.bootproof.events.Names;
import dev.bootproof.events.PhasePlan;
import dev.bootproof.events.Pins;
import dev.bootproof.events.Plan;
import dev.bootproof.events.Recipe;
import dev.bootproof.events.RunId;
import dev.bootproof.events.Sample;
import dev.bootproof.events.SuitePlan;
import dev.bootproof.events.SuitePlan.Place;
import dev.bootproof.events.SuitePlan.Step;
import dev.bootproof.events.SuiteResult;
import dev.bootproof.events.Trigger;
import dev.bootproof.events.VmReady;
import dev.bootproof.registry.Descriptor;
import dev.bootproof.registry.Registry;
import dev.bootproof.stage.BootproofConfig;
import dev.bootproof.testing.KafkaResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Phases of several steps in a guest whose shell is this host's. */
@QuarkusTest
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(LabResource.class)
class StepsStageTest {
    private static final Digest DIGEST = Digest.of("image");
    private static final ImageRef IMAGE = ImageRef.parse("registry.example.org/demo-os:latest");
    private static final Recipe RECIPE = new Recipe("rootfs", "ext4", 4096, List.of());
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final SuitePlan REBOOT = new SuitePlan("restart", MINUTE, Step.REBOOT, null, null, null, 0);

    @TempDir
    private Path directory;

    private final RunId run =
            new RunId("demo-os-" + UUID.randomUUID().toString().substring(24));
    private final TestGuest guest = new TestGuest(new DerivedKeys(new byte[32]), run);
    private final TestMachine machine = new TestMachine(run);
    private final PhaseRunner runner;
    private final StepStore store;
    private final Registry registry;
    private final BootproofConfig config;
    private @Nullable HostShell shell;

    StepsStageTest(PhaseRunner runner, StepStore store, Registry registry, BootproofConfig config) {
        this.runner = runner;
        this.store = store;
        this.registry = registry;
        this.config = config;
    }

    @BeforeEach
    void aGuest() {
        shell = new HostShell(directory);
        guest.hasShell((line, in, out) -> {
            int exit = shell().run(line, in, out);
            if (line.contains("guest/reboot")) {
                guest.breakConnections();
            }
            return exit;
        });
        machine.onReturn(() -> {
            shell().forget("*");
            guest.breakConnections();
        });
    }

    @AfterEach
    void stop() {
        guest.close();
        machine.close();
    }

    @Test
    void aRestartIsAStepAndWhatWasFoundBeforeItStays() {
        // Given
        PhaseWork work = work(Isolation.SHARED, suite("first"), REBOOT, suite("second"));

        // When
        PhaseOutcome outcome = runner.run(work);

        // Then
        assertThat(outcome.fault()).isNull();
        assertThat(names(outcome)).containsExactly("first", "restart", "second");
        assertThat(shell().lines("restarts")).containsExactly("reboot");
        assertThat(titles()).contains("suites/first/output.txt", "suites/second/output.txt", "journal.txt");
        assertThat(store.find(work, 0)).isEmpty();
    }

    @Test
    void aRunnerKilledAnywhereRunsNoSuiteTwiceAndRestartsOnce() {
        // Given
        PhaseWork work = work(Isolation.SHARED, suite("first"), command("echo done"), REBOOT, suite("second"));
        int kills = 0;

        // When
        while (killedAtFence(work, kills)) {
            kills++;
        }

        // Then
        assertThat(kills).isGreaterThan(6);
        assertThat(shell().lines("ran")).containsExactly("first", "second");
        assertThat(shell().lines("restarts")).containsExactly("reboot");
        assertThat(names(runner.run(work))).containsExactly("first", "deploy", "restart", "second");
    }

    @Test
    void aCommandThatFailsEndsThePhaseWithItsLastLine() {
        // Given
        PhaseWork work = work(Isolation.SHARED, command("echo deploying; echo no space left; exit 5"), suite("first"));

        // When
        PhaseOutcome outcome = runner.run(work);

        // Then
        assertThat(outcome.fault()).isEqualTo(Fault.STEP_FAILED);
        assertThat(outcome.evidence()).isEqualTo("deploy exited with 5: no space left");
        assertThat(shell().lines("ran")).isEmpty();
        assertThat(titles()).contains("steps/deploy/output.txt");
    }

    @Test
    void aMachineThatPanicsWhileItRestartsIsJudgedByWhatItsOwnerSays() {
        // Given
        guest.on("guest/reboot", (in, out) -> {
            machine.becomes(Power.PANICKED);
            guest.close();
            return 0;
        });

        // When
        PhaseOutcome outcome = runner.run(work(Isolation.SHARED, suite("first"), REBOOT));

        // Then
        assertThat(outcome.fault()).isEqualTo(Fault.KERNEL_PANIC);
        assertThat(names(outcome)).containsExactly("first", "restart");
    }

    @Test
    void eachSuiteBeginsInTheMachineAsItWasSaved() {
        // Given
        machine.onReturn(() -> {
            shell().forget("units/*", "results/*", "suites/*");
            guest.breakConnections();
        });
        PhaseWork work = work(Isolation.SNAPSHOT, suite("first"), suite("second"));

        // When
        PhaseOutcome outcome = runner.run(work);

        // Then
        assertThat(outcome.fault()).isNull();
        assertThat(machine.orders()).containsExactly("save", "restore");
        assertThat(shell().lines("clock")).singleElement().asString().startsWith("-s @");
        assertThat(shell().lines("ran")).containsExactly("first", "second");
        assertThat(titles()).contains("suites/first/output.txt", "suites/second/start.json");
    }

    @Test
    void aRunnerKilledAnywhereLosesNoResultOfAMachineThatForgets() {
        // Given
        PhaseWork work = work(Isolation.BOOT, suite("first"), suite("second"));
        int kills = 0;

        // When
        while (killedAtFence(work, kills)) {
            kills++;
        }

        // Then
        assertThat(machine.orders()).containsExactly("fresh");
        assertThat(shell().lines("ran")).containsExactly("first", "second");
    }

    @Test
    void aMachineThatCannotBeSavedIsNoMachineThatIsShared() {
        // Given
        machine.refuses("{\"error\":\"the disk cannot be saved\"}");

        // When
        PhaseOutcome outcome = runner.run(work(Isolation.SNAPSHOT, suite("first"), suite("second")));

        // Then
        assertThat(outcome.fault()).isEqualTo(Fault.SNAPSHOT_FAILED);
        assertThat(outcome.evidence()).isEqualTo("the disk cannot be saved");
        assertThat(shell().lines("ran")).isEmpty();
    }

    @Test
    void aFreshBootThatFailsIsJudgedByTheFaultThatTheOwnerNames() {
        // Given
        machine.refuses("{\"fault\":\"kernel-panic\",\"error\":\"the kernel panicked: not syncing\"}");

        // When
        PhaseOutcome outcome = runner.run(work(Isolation.BOOT, suite("first"), suite("second")));

        // Then
        assertThat(outcome.fault()).isEqualTo(Fault.KERNEL_PANIC);
        assertThat(outcome.evidence()).isEqualTo("not syncing");
        assertThat(names(outcome)).containsExactly("first", "second");
    }

    @Test
    void aStepThatIsolationWouldUndoIsRefused() {
        // When
        PhaseOutcome outcome =
                runner.run(work(Isolation.SNAPSHOT, suite("first"), command("echo done"), suite("second")));

        // Then
        assertThat(outcome.fault()).isEqualTo(Fault.UNSUPPORTED);
        assertThat(outcome.evidence()).contains("deploy", "second", "isolate: shared");
    }

    @Test
    void aSuiteAsksForPicturesOfTheScreen() {
        // When
        PhaseOutcome outcome = runner.run(work(Isolation.SHARED, suite("pictured")));

        // Then
        assertThat(outcome.fault()).isNull();
        assertThat(titles())
                .contains(
                        "suites/pictured/screenshots/01-The-desktop-is-there.png",
                        "suites/pictured/screenshots/02-After-login.png");
    }

    @Test
    void picturesOutliveAFreshBootForWhichTheOwnerEmptiesItsDirectory() throws IOException {
        // Given
        Path owners = Files.createDirectories(Path.of("target/home/runs/" + run + "/p0"));
        machine.onReturn(() -> {
            shell().forget("*");
            assertThat(owners).isEmptyDirectory();
            guest.breakConnections();
        });

        // When
        PhaseOutcome outcome = runner.run(work(Isolation.BOOT, suite("pictured"), suite("second")));

        // Then
        assertThat(outcome.fault()).isNull();
        assertThat(titles()).contains("suites/pictured/screenshots/02-After-login.png", "suites/second/start.json");
    }

    @Test
    void aSuiteBesideTheGuestEntersItWithTheKeysOfTheRun() {
        // Given
        guest.on("hello", (in, out) -> {
            out.write("hello from the guest\n".getBytes(StandardCharsets.UTF_8));
            return 0;
        });
        SuitePlan beside = new SuitePlan("beside-guest", MINUTE, null, null, null, Place.BESIDE, 0);

        // When
        PhaseOutcome outcome = runner.run(work(Isolation.SHARED, beside));

        // Then
        assertThat(outcome.evidence()).isEmpty();
        assertThat(titles()).contains("suites/beside-guest/hello.txt", "suites/beside-guest/output.txt");
        assertThat(Path.of("target/home/runs/" + run + "/steps/p0/ssh")).doesNotExist();
    }

    /** The steps that have a result; what the console says stands behind them. */
    private static List<String> names(PhaseOutcome outcome) {
        return outcome.result().suites().stream()
                .map(SuiteResult::name)
                .filter(name -> !name.equals("console"))
                .toList();
    }

    /** Whether the runner got so far; at the fence it is gone, and what it had in memory with it. */
    private boolean killedAtFence(PhaseWork work, int after) {
        int[] left = {after};
        PhaseWork doomed = new PhaseWork(work.event(), work.pins(), () -> {
            if (left[0]-- == 0) {
                throw new Killed();
            }
        });
        try {
            runner.run(doomed);
            return false;
        } catch (Killed e) {
            return true;
        }
    }

    private static SuitePlan suite(String name) {
        return new SuitePlan(name, MINUTE);
    }

    private static SuitePlan command(String line) {
        return new SuitePlan("deploy", MINUTE, Step.COMMAND, line, null, null, 0);
    }

    private PhaseWork work(Isolation isolation, SuitePlan... steps) {
        PhasePlan phase = new PhasePlan("installed", 1024, 2, MINUTE, List.of(steps));
        Plan plan =
                new Plan("steps", RECIPE, List.of(phase), MINUTE, MINUTE, List.of(), null, isolation, null, List.of());
        Pins pins = new Pins(IMAGE, DIGEST, DIGEST, plan, null, null, Trigger.MANUAL);
        VmReady event = new VmReady(
                run,
                0,
                new DiskInputs(DIGEST, IMAGE.at(DIGEST), RECIPE, "1"),
                List.<Sample>of(),
                guest.address(),
                machine.address(),
                "sshd enabled by the image",
                List.of());
        return new PhaseWork(event, pins, () -> {});
    }

    private List<@Nullable String> titles() {
        ImageRef tag = ImageRef.parse(config.evidenceRepository().orElseThrow()).tagged(Names.evidenceTag(run, 0));
        return registry.find(tag).orElseThrow().layers().stream()
                .<@Nullable String>map(Descriptor::title)
                .toList();
    }

    private HostShell shell() {
        return Objects.requireNonNull(shell);
    }

    /** The runner is no more. */
    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
