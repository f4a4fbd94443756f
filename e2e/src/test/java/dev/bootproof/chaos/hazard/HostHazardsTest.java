package dev.bootproof.chaos.hazard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hazards that use the host, on processes and filesystems of the test's own. */
class HostHazardsTest {
    @TempDir
    private Path directory;

    private FakeLab lab;
    private Process part;

    @BeforeEach
    void start() throws IOException {
        lab = new FakeLab(directory);
        part = new ProcessBuilder("sleep", "600").start();
        Services.ALL.forEach(service -> lab.runs(service, part.pid()));
    }

    @AfterEach
    void end() {
        part.destroyForcibly().onExit().join();
    }

    private String line(String file, String beginning) throws IOException {
        return Files.readAllLines(Path.of("/proc", String.valueOf(part.pid()), file)).stream()
                .filter(line -> line.startsWith(beginning))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void descriptorsAreFewAndThenAsManyAsBefore() throws IOException {
        // Given
        String before = line("limits", "Max open files");
        // When
        Mending mending = new FewDescriptors().strike(lab, new Random(1));
        // Then
        assertThat(line("limits", "Max open files")).matches("Max open files +[0-9]{1,2} .*");
        mending.mend();
        assertThat(line("limits", "Max open files")).isEqualTo(before);
    }

    @Test
    void aPausedStageStandsStillAndGoesOn() throws IOException {
        // When
        Mending mending = new PausedPastLease().strike(lab, new Random(1));
        // Then
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(line("status", "State:")).contains("T (stopped)"));
        mending.mend();
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(line("status", "State:")).contains("S (sleeping)"));
    }

    @Test
    void aSecondReplicaIsTheFirstButForItsPortAndName() throws IOException {
        // Given
        String says = "echo $QUARKUS_HTTP_PORT/$BOOTPROOF_INSTANCE/$OTHER; read line";
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", says);
        builder.environment().putAll(Map.of("QUARKUS_HTTP_PORT", "8081", "OTHER", "same"));
        Process first = builder.start();
        Services.ALL.forEach(service -> lab.runs(service, first.pid()));
        try {
            assertThat(first.inputReader(StandardCharsets.UTF_8).readLine()).isEqualTo("8081//same");
            // When
            Mending mending = new SecondReplica().strike(lab, new Random(1));
            // Then
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(said()).matches("(?!8081)[0-9]+/1/same\n"));
            mending.mend();
        } finally {
            first.destroyForcibly().onExit().join();
        }
    }

    /** What the second replica said. */
    private String said() throws IOException {
        try (Stream<Path> logs = Files.list(directory)) {
            Path log = logs.filter(file -> file.getFileName().toString().startsWith("second-"))
                    .findFirst()
                    .orElseThrow();
            return Files.readString(log);
        }
    }

    @Test
    void aNumberThatNamesAStrangerHarmsNobody() throws IOException {
        // Given
        String run = "demo-os-0123456789ab";
        Path phase = Files.createDirectories(lab.home().resolve("runs/" + run + "/p0"));
        Process machine = new ProcessBuilder("sh", "-c", "read line", "bootproof-" + run + "-p0").start();
        Files.writeString(phase.resolve("qemu.pid"), machine.pid() + "\n");
        // When
        Mending mending = new StrangersNumber().strike(lab, new Random(1));
        // Then
        machine.onExit().orTimeout(10, TimeUnit.SECONDS).join();
        assertThat(Files.readString(phase.resolve("qemu.pid"))).isNotEqualTo(machine.pid() + "\n");
        mending.mend();
        assertThat(lab.done()).containsExactly("kill vm-provisioner", "start vm-provisioner");
    }

    @Test
    void aStrangerThatWasEndedIsTold() throws IOException {
        // Given
        Path phase = Files.createDirectories(lab.home().resolve("runs/demo-os-0123456789ab/p0"));
        Files.writeString(phase.resolve("qemu.pid"), "999999999\n");
        Mending mending = new StrangersNumber().strike(lab, new Random(1));
        long stranger =
                Long.parseLong(Files.readString(phase.resolve("qemu.pid")).strip());
        ProcessHandle.of(stranger).ifPresent(process -> {
            process.destroyForcibly();
            process.onExit().join();
        });
        // When
        assertThatThrownBy(mending::mend)
                // Then
                .isInstanceOf(IOException.class)
                .hasMessageContaining("process " + stranger + " was ended");
    }

    @Test
    void aServiceIsKilledWhenItsEffectIsSeen() throws Exception {
        // Given
        Path effects = Files.writeString(directory.resolve("effects.jsonl"), "{\"kind\":\"suite-started\"}\n");
        Hazard hazard = new KilledAfterEffect("test-runner", "suite-started");
        FutureTask<Mending> strike = new FutureTask<>(() -> hazard.strike(lab, new Random(1)));
        Thread.ofVirtual().start(strike);
        // When
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            Files.writeString(effects, "{\"kind\":\"suite-started\"}\n", StandardOpenOption.APPEND);
            assertThat(strike.isDone()).isTrue();
        });
        // Then
        strike.get().mend();
        assertThat(lab.done()).containsExactly("kill test-runner", "start test-runner");
    }

    @Test
    void aJanitorIsStartedWithOtherSettingsAndThenWithItsOwn() throws IOException {
        // When
        Mending mending = RestartedWith.restlessJanitor().strike(lab, new Random(1));
        // Then
        Path options = directory.resolve("options/janitor");
        assertThat(Files.readString(options)).contains("-Djanitor.minimum-age=PT0S");
        mending.mend();
        assertThat(options).doesNotExist();
        assertThat(lab.done()).containsExactly("kill janitor", "start janitor", "kill janitor", "start janitor");
    }

    /** Needs root, for filesystems of the lab's own. */
    @Test
    void aFullFilesystemTakesNothingAndThenAsMuchAsBefore() throws IOException {
        // Given
        if (!Host.root()) {
            System.err.println("SKIPPED: only root can mount small file systems to fill; CI runs this as root");
        }
        assumeThat(Host.root()).isTrue();
        byte[] much = new byte[4 << 20];
        try (SmallDisks _ = SmallDisks.lay(lab.home(), directory)) {
            Path work = lab.home().resolve("work");
            Files.write(work.resolve("before"), much);
            // When
            Mending mending = new FullDisk("store", "").strike(lab, new Random(1));
            // Then
            assertThatThrownBy(() -> Files.write(work.resolve("more"), much)).hasMessageContaining("No space left");
            Files.write(lab.home().resolve("runs").resolve("elsewhere"), much);
            mending.mend();
            Files.write(work.resolve("more"), much);
            Files.move(work.resolve("more"), lab.home().resolve("disks/more"), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    @Test
    void withoutAFilesystemOfItsOwnNothingIsFull() {
        // When
        assertThatThrownBy(() -> new FullDisk("store", "").strike(lab, new Random(1)))
                // Then
                .isInstanceOf(IOException.class)
                .hasMessageContaining("only root can mount one");
    }

    @Test
    void hazardsAreAskedForByNameOrByTheBeginningOfIt() {
        // When
        List<String> names = Hazards.named(List.of("ambush-publisher", "clock-jump")).stream()
                .map(Hazard::name)
                .toList();
        // Then
        assertThat(names)
                .contains("ambush-publisher-before-effect", "clock-jump")
                .hasSize(6);
        assertThat(Hazards.all())
                .allSatisfy(hazard -> assertThat(hazard.description()).isNotBlank());
        assertThat(Hazards.all().stream().map(Hazard::name)).doesNotHaveDuplicates();
        assertThatThrownBy(() -> Hazards.named(List.of("amb"))).hasMessageContaining("there is no fault \"amb\"");
    }
}
