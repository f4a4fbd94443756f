package dev.bootproof.vmprovisioner.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bootproof.events.DerivedKeys;
import dev.bootproof.events.Fault;
import dev.bootproof.events.LocalLab;
import dev.bootproof.events.MachineState.Power;
import dev.bootproof.events.Milestone;
import dev.bootproof.events.RunId;
import dev.bootproof.vmprovisioner.Machine;
import dev.bootproof.vmprovisioner.Machines;
import dev.bootproof.vmprovisioner.Order;
import dev.bootproof.vmprovisioner.Orders;
import dev.bootproof.vmprovisioner.StartResult;
import dev.bootproof.vmprovisioner.StartResult.NotStarted;
import dev.bootproof.vmprovisioner.StartResult.Started;
import dev.bootproof.vmprovisioner.Story;
import dev.bootproof.vmprovisioner.TestConfig;
import dev.bootproof.vmprovisioner.qemu.MachineFiles.Made;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small guests in real machines, emulated. */
class QemuMachinesTest {
    private static final byte[] SECRET = new byte[32];
    private static final DerivedKeys KEYS = new DerivedKeys(SECRET);

    @TempDir
    Path home = Path.of("/");

    private LocalLab lab = new LocalLab(home);
    private QemuMachines machines = service();

    @BeforeEach
    void startService() {
        lab = new LocalLab(home);
        machines = service();
    }

    @AfterEach
    void leaveNothing() {
        machines.detach();
        service().all().forEach(Machine::stop);
    }

    @Test
    void aMachineIsFollowedToItsTargetAndShowsItsScreen() throws IOException {
        // Given
        Order order = TestGuest.comesUp(lab);
        // When
        Machine machine = started(order);
        // Then
        Story story = await(machine, now -> now.reached(Milestone.Name.TARGET));
        assertThat(story.milestones()).hasSize(5);
        assertThat(machine.state().power()).isEqualTo(Power.RUNNING);
        assertThat(new String(machine.console(), StandardCharsets.UTF_8)).contains("Linux version");
        assertThat(machine.screenshot().orElseThrow()).startsWith(0x89, 'P', 'N', 'G');
        assertThat(machine.unusedMiB()).isBetween(1L, 556L);
    }

    @Test
    void aPanicIsKnownAtOnceAndKeepsTheMachineForItsScreenshot() throws IOException {
        // Given
        Order order = TestGuest.panics(lab);
        // When
        Story story = await(started(order), now -> now.trouble() != null);
        // Then
        assertThat(story.power()).isEqualTo(Power.PANICKED);
        assertThat(story.alive()).isTrue();
        assertThat(story.trouble()).isNotNull().satisfies(trouble -> {
            assertThat(trouble.fault()).isEqualTo(Fault.KERNEL_PANIC);
            assertThat(trouble.evidence()).contains("Attempted to kill init!");
        });
    }

    @Test
    void aGuestThatTurnsItselfOffIsNotKilled() throws IOException {
        // Given
        Order order = TestGuest.turnsOff(lab);
        // When
        Story story = await(started(order), now -> !now.alive());
        // Then
        assertThat(story.power()).isEqualTo(Power.OFF);
        assertThat(story.trouble())
                .isNotNull()
                .extracting(trouble -> trouble.fault())
                .isEqualTo(Fault.POWERED_OFF);
    }

    @Test
    void aGuestThatOnlyRestartsIsCaughtAtTheThirdTime() throws IOException {
        // Given
        Order order = TestGuest.restarts(lab);
        // When
        Story story = await(started(order), now -> now.trouble() != null);
        // Then
        assertThat(story.trouble())
                .isNotNull()
                .extracting(trouble -> trouble.fault())
                .isEqualTo(Fault.REBOOT_LOOP);
    }

    @Test
    void aMachineThatIsKilledIsTheLabsFaultAndIsNoticedAtOnce() throws Exception {
        // Given
        Machine machine = started(TestGuest.stalls(lab));
        CountDownLatch noticed = new CountDownLatch(1);
        machines.onGone(noticed::countDown);
        // When
        Processes.kill(machine.name(), lab.run(TestGuest.RUN));
        // Then
        assertThat(noticed.await(5, TimeUnit.SECONDS)).isTrue();
        assertThat(machine.state().power()).isEqualTo(Power.KILLED);
        assertThat(machine.unusedMiB()).isZero();
    }

    @Test
    void aRestartedServiceGoesOnWithItsMachines() throws IOException {
        // Given
        Machine before = started(TestGuest.guest(lab, "sleep 4; echo '[ OK ] Reached target Multi-User'; sleep 1000"));
        await(before, now -> now.reached(Milestone.Name.KERNEL));
        before.nudge();
        // When
        detach(before);
        Machine after = service().find(TestGuest.RUN, 0).orElseThrow();
        // Then
        Story story = await(after, now -> now.reached(Milestone.Name.TARGET));
        assertThat(story.milestones().getFirst())
                .isEqualTo(before.story().milestones().getFirst());
        assertThat(after.ssh()).isEqualTo(before.ssh());
        assertThat(after.screenshot()).isPresent();
        after.stop();
        assertThat(after.state().power()).isEqualTo(Power.KILLED);
        assertThat(after.state().detail()).isEqualTo("the lab turned the machine off");
    }

    @Test
    void aMachineThatWentWhileNobodyLookedIsStillAnsweredFor() throws IOException {
        // Given
        Machine before = started(TestGuest.stalls(lab));
        detach(before);
        Processes.kill(before.name(), lab.run(TestGuest.RUN));
        // When
        Machine after = service().find(TestGuest.RUN, 0).orElseThrow();
        // Then
        assertThat(after.state().power()).isEqualTo(Power.KILLED);
        assertThat(after.console()).isNotNull();
        assertThat(after.screenshot()).isEmpty();
    }

    @Test
    void aDirectoryThatTheJanitorTookIsNotMadeAgain() throws IOException {
        // Given
        Machine machine = started(TestGuest.stalls(lab));
        Tool removed = Tool.run(
                home,
                Duration.ofSeconds(5),
                List.of("rm", "-rf", lab.run(TestGuest.RUN).toString()));
        // When
        Processes.kill(machine.name(), lab.run(TestGuest.RUN));
        await(machine, now -> !now.alive());
        // Then
        assertThat(removed.ok()).isTrue();
        assertThat(lab.run(TestGuest.RUN)).doesNotExist();
        assertThat(machines.find(TestGuest.RUN, 0)).isEmpty();
    }

    @Test
    void runsThatComeAndGoMeanwhileDoNotDisturbALookAtAll() throws Exception {
        // Given
        RunId stays = new RunId("stays-0123456789ab");
        make(stays);
        AtomicBoolean enough = new AtomicBoolean();
        CompletableFuture<Void> janitor = CompletableFuture.runAsync(() -> comeAndGo(enough));
        // When
        List<List<Machine>> looks;
        try {
            looks = Stream.generate(machines::all).limit(500).toList();
        } finally {
            enough.set(true);
        }
        janitor.get(10, TimeUnit.SECONDS);
        // Then
        assertThat(looks)
                .allSatisfy(look -> assertThat(look).extracting(Machine::run).contains(stays));
        assertThat(machines.all()).extracting(Machine::run).containsExactly(stays);
    }

    private void comeAndGo(AtomicBoolean enough) {
        for (int count = 0; !enough.get(); count++) {
            RunId run = new RunId("goes-%012x".formatted(count % 5));
            make(run);
            remove(lab.run(run));
        }
    }

    /** Whoever looks writes what he has seen, so it may take more than one try. */
    private static void remove(Path run) {
        while (Files.exists(run)) {
            for (String name : List.of("p0/machine.json", "p0/state.json.new", "p0/state.json", "p0", "")) {
                boolean _ = run.resolve(name).toFile().delete();
            }
        }
    }

    private void make(RunId run) {
        try {
            Files.createDirectories(lab.phase(run, 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        new MachineFiles(lab.phase(run, 0)).write(new Made(Orders.plain(run, 256), 22, Instant.EPOCH));
    }

    @Test
    void noKeyIsOnACommandLineAndEveryFileWithOneIsTheOwnersAlone() throws IOException {
        // Given
        Machine machine = started(TestGuest.stalls(lab));
        String process = String.valueOf(
                Processes.named(machine.name(), lab.run(TestGuest.RUN)).orElseThrow());
        // When
        String line = Files.readString(Path.of("/proc", process, "cmdline"), StandardCharsets.ISO_8859_1);
        // Then
        String secret = KEYS.host(TestGuest.RUN).privateFile(TestGuest.RUN.value());
        String encoded = Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8));
        assertThat(line).contains("type=11,path=").doesNotContain("PRIVATE KEY", encoded, "credential.binary");
        assertThat(secret.lines().skip(1)).noneMatch(line::contains);
        try (Stream<Path> files = Files.list(lab.phase(TestGuest.RUN, 0))) {
            assertThat(files.filter(file -> file.getFileName().toString().startsWith("credential-")))
                    .hasSize(3)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
    }

    @Test
    void aMachineThatCannotBeStartedSaysWhatQemuSaid() throws IOException {
        // Given
        Order order = TestGuest.stalls(lab);
        Files.delete(lab.disk("golden").resolve("kernel"));
        // When
        StartResult result = machines.start(order);
        // Then
        assertThat(result)
                .isInstanceOfSatisfying(
                        NotStarted.class, no -> assertThat(no.evidence()).contains("could not open kernel file"));
    }

    @Test
    void aDiskThatIsNotThereIsNamed() {
        // Given
        Order order = Orders.with(Orders.plain(TestGuest.RUN, 256), Orders.disks("nowhere"));
        // When
        StartResult result = machines.start(order);
        // Then
        assertThat(result)
                .isEqualTo(new NotStarted(Fault.MACHINE_NOT_STARTED, "the disk nowhere is not in this lab's store"));
    }

    @Test
    void aSecondBootGetsAFreshCloneAndKeepsTheFirstConsole() throws IOException {
        // Given
        Order order = TestGuest.comesUp(lab);
        await(started(order), now -> now.reached(Milestone.Name.TARGET));
        // When
        Machine again = started(order.again());
        // Then
        Story story = await(again, now -> now.reached(Milestone.Name.TARGET));
        assertThat(again.attempt()).isEqualTo(2);
        assertThat(story.trouble()).isNull();
        assertThat(lab.phase(TestGuest.RUN, 0).resolve("console-before-2.log")).isNotEmptyFile();
    }

    @Test
    void aHomeWithALongPathIsNoHindrance() throws IOException {
        // Given
        LocalLab deep = new LocalLab(home.resolve("d".repeat(100)));
        Machines service = new QemuMachines(deep, KEYS, new TestConfig(), Clock.systemUTC());
        // When
        StartResult result = service.start(TestGuest.comesUp(deep));
        // Then
        assertThat(result).isInstanceOfSatisfying(Started.class, started -> {
            assertThat(started.machine().screenshot()).isPresent();
            started.machine().stop();
        });
    }

    private QemuMachines service() {
        return new QemuMachines(lab, KEYS, new TestConfig(), Clock.systemUTC());
    }

    private Machine started(Order order) {
        StartResult result = machines.start(order);
        assertThat(result).isInstanceOf(Started.class);
        return ((Started) result).machine();
    }

    /** What the end of a service's process does to its connections. */
    private static void detach(Machine machine) {
        ((QemuMachine) machine).detach();
    }

    private static Story await(Machine machine, Predicate<Story> fits) {
        Story story = machine.await(fits, Clock.systemUTC().instant().plusSeconds(30));
        assertThat(story)
                .as(() -> new String(machine.console(), StandardCharsets.UTF_8))
                .matches(fits);
        return story;
    }
}
