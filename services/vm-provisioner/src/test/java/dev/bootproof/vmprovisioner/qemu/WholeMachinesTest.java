package dev.bootproof.vmprovisioner.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bootproof.events.Access;
import dev.bootproof.events.DerivedKeys;
import dev.bootproof.events.Firmware;
import dev.bootproof.events.Isolation;
import dev.bootproof.events.LocalLab;
import dev.bootproof.events.MachinePlan;
import dev.bootproof.events.MachineState.Power;
import dev.bootproof.events.Medium;
import dev.bootproof.events.Medium.Drive;
import dev.bootproof.events.Milestone;
import dev.bootproof.events.Network;
import dev.bootproof.events.Plan;
import dev.bootproof.events.RunId;
import dev.bootproof.vmprovisioner.Machine;
import dev.bootproof.vmprovisioner.Order;
import dev.bootproof.vmprovisioner.Orders;
import dev.bootproof.vmprovisioner.Refusal;
import dev.bootproof.vmprovisioner.Signal;
import dev.bootproof.vmprovisioner.StartResult.Started;
import dev.bootproof.vmprovisioner.Story;
import dev.bootproof.vmprovisioner.TestConfig;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Machines as plans describe them: firmware, media, a TPM, phases, saved states. The media are made once for all. */
@SuppressWarnings("NullAway.Init") // made before all tests
@Tag("slow")
class WholeMachinesTest {
    private static final RunId RUN = new RunId("whole-0123456789ab");
    private static final Medium CD = new Medium("live", Drive.CDROM);
    private static final Medium DISK = new Medium(Medium.IMAGE, Drive.DISK);
    private static final Medium TARGET = new Medium("target", Drive.DISK);

    /** Says what it was booted by and what it sees; writes to an empty disk; counts, and shows its count to who asks. */
    private static final String SCRIPT = """
            test -e /sys/firmware/efi && echo "booted by UEFI" || echo "booted by BIOS"
            echo "tpm: $(ls /sys/class/tpm)"
            echo "cdrom: $(ls /sys/block | grep sr)"
            for disk in /sys/block/vd*; do echo "disk: $(cat $disk/serial) $(head -c 16 /dev/${disk##*/})"; done
            for disk in /sys/block/vd*; do
                if test "$(cat $disk/serial)" = target; then echo "from phase zero" > /dev/${disk##*/}; sync; fi
            done
            ip addr add 10.0.2.15/24 dev eth0; ip link set eth0 up
            mkdir /count
            (while true; do nc -l -p 22 -e sh -c 'ls /count | wc -l'; done) &
            echo "[  OK  ] Reached target multi-user.target - Multi-User System."
            n=0; while true; do n=$((n+1)); touch /count/$n; echo "count $n"; sleep 1; done
            """;

    @TempDir
    static Path made;

    @TempDir
    Path home = Path.of("/");

    private static Path disk;
    private static Path cdrom;
    private static byte[] initrd;

    private LocalLab lab;
    private QemuMachines machines;

    @BeforeAll
    static void makeMedia() throws IOException {
        initrd = TestGuest.withDevices(SCRIPT);
        disk = TestMedium.disk(made, initrd);
        cdrom = TestMedium.cdrom(made, initrd);
    }

    @BeforeEach
    void startService() throws IOException {
        lab = new LocalLab(home);
        machines = new QemuMachines(lab, new DerivedKeys(new byte[32]), new TestConfig(), Clock.systemUTC());
        Path golden = Files.createDirectories(lab.disk("whole"));
        Files.createSymbolicLink(golden.resolve("disk.raw"), disk);
        Files.createSymbolicLink(Files.createDirectories(lab.disk("live")).resolve("disk.raw"), cdrom);
        Files.createSymbolicLink(golden.resolve("kernel"), TestKernel.get());
        Files.write(golden.resolve("initrd"), initrd);
        Path blank = Files.createDirectories(lab.disk("blank"));
        try (RandomAccessFile disk =
                new RandomAccessFile(blank.resolve("disk.raw").toFile(), "rw")) {
            disk.setLength(8 << 20);
        }
    }

    @AfterEach
    void leaveNothing() {
        machines.all().forEach(Machine::stop);
    }

    @Test
    void aDiskIsBootedByUefiWithATpmThatGoesWithTheMachine() {
        // Given
        MachinePlan plan = new MachinePlan(Firmware.UEFI, false, true, Access.CREDENTIALS, List.of(DISK));
        // When
        Machine machine = started(order(0, plan, Isolation.SHARED));
        // Then
        Story story = await(machine, now -> now.reached(Milestone.Name.TARGET));
        assertThat(console(machine)).contains("booted by UEFI", "tpm: tpm0", "disk: root");
        assertThat(at(story, Milestone.Name.FIRMWARE)).isBefore(at(story, Milestone.Name.KERNEL));
        long tpm = tpm().orElseThrow();
        Processes.kill(machine.name(), lab.run(RUN));
        ProcessHandle.of(tpm)
                .ifPresent(left -> left.onExit().orTimeout(10, TimeUnit.SECONDS).join());
        assertThat(tpm()).isEmpty();
    }

    @Test
    void aCdromIsBootedByBiosAndWhatItWritesToADiskIsThereInTheNextPhase() {
        // Given
        MachinePlan first = new MachinePlan(Firmware.BIOS, false, false, Access.CREDENTIALS, List.of(CD, TARGET));
        MachinePlan second = new MachinePlan(Firmware.DIRECT, false, false, Access.CREDENTIALS, List.of(TARGET));
        Machine installs = started(order(0, first, Isolation.SHARED));
        Story story = await(installs, now -> now.reached(Milestone.Name.TARGET));
        assertThat(console(installs)).contains("SeaBIOS", "booted by BIOS", "cdrom: sr0", "disk: target");
        assertThat(at(story, Milestone.Name.FIRMWARE)).isBefore(at(story, Milestone.Name.KERNEL));
        installs.stop();
        // When
        Machine installed = started(order(1, second, Isolation.SHARED));
        // Then
        await(installed, now -> now.reached(Milestone.Name.TARGET));
        assertThat(console(installed)).contains("disk: target from phase zero");
    }

    @Test
    void aMachineIsPutBackAsItWasSavedInUnderOneAndAHalfSeconds() throws IOException {
        // Given
        MachinePlan plan = new MachinePlan(Firmware.UEFI, false, true, Access.CREDENTIALS, List.of(DISK, TARGET));
        Machine machine = started(order(0, plan, Isolation.SNAPSHOT));
        await(machine, now -> now.reached(Milestone.Name.TARGET));
        assertThat(asked(machine)).isGreaterThan(0);
        machine.tell(new Signal.LetIn("by the test"));
        Story before = machine.story();
        Duration saving = timed(machine::save);
        int saved = asked(machine);
        machine.save();
        awaitConsole(machine, "count " + (saved + 4) + "\\b");
        machine.tell(new Signal.Panicked("a suite did that"));
        // When
        Duration restoring = timed(machine::restore);
        // Then
        System.out.printf("saved in %d ms, put back in %d ms%n", saving.toMillis(), restoring.toMillis());
        assertThat(asked(machine)).isBetween(1, saved + 2);
        assertThat(machine.story()).isEqualTo(before);
        awaitConsole(
                machine,
                "put back as it was saved\\](?:(?!count )[\\s\\S])*count (?:" + saved + "|" + (saved + 1) + ")\\b");
        machine.restore();
        assertThat(machine.state().power()).isEqualTo(Power.RUNNING);
    }

    @Test
    void aRestartOfAMachineThatIsUpIsAStep() throws IOException {
        // Given
        Order order = TestGuest.guest(lab, """
                /busybox mount -t proc proc /proc
                echo "boot $(/busybox cat /proc/sys/kernel/random/boot_id)"
                echo "[  OK  ] Reached target multi-user.target - Multi-User System."
                sleep 4; reboot -f
                """.replace("/busybox mount", "/busybox mkdir -p /proc; /busybox mount"));
        Machine machine = started(order);
        await(machine, now -> now.reached(Milestone.Name.TARGET));
        machine.tell(new Signal.LetIn("by the test"));
        // When
        Story story = await(machine, now -> now.reboots() == 1 && now.reached(Milestone.Name.TARGET));
        // Then
        assertThat(story.ready()).isTrue();
        assertThat(machine.state().power()).isEqualTo(Power.RUNNING);
        assertThat(Pattern.compile("boot [0-9a-f-]{36}")
                        .matcher(console(machine))
                        .results()
                        .map(it -> it.group())
                        .distinct())
                .hasSize(2);
    }

    @Test
    void whatWasNotSavedIsNotPutBackAndWhatCannotBeSavedSaysWhy() throws IOException {
        // Given
        Machine shared = started(TestGuest.stalls(lab));
        // When, then
        assertThatThrownBy(shared::save).isInstanceOf(Refusal.class).hasMessageContaining("isolate: snapshot");
        shared.stop();
        Order order = order(
                0,
                new MachinePlan(Firmware.DIRECT, false, false, Access.CREDENTIALS, List.of(DISK)),
                Isolation.SNAPSHOT);
        Machine unsaved = started(order);
        assertThatThrownBy(unsaved::restore).isInstanceOf(Refusal.class).hasMessageContaining("save it first");
        unsaved.stop();
        assertThatThrownBy(unsaved::save).isInstanceOf(Refusal.class).hasMessageContaining("does not run");
    }

    private static Order order(int phase, MachinePlan machine, Isolation isolation) {
        Plan plan = Orders.plan(256, machine, Network.NONE, isolation);
        return Orders.with(
                Orders.order(RUN, phase, plan), Map.of(Medium.IMAGE, "whole", "live", "live", "target", "blank"));
    }

    private Machine started(Order order) {
        var result = machines.start(order);
        assertThat(result).isInstanceOf(Started.class);
        return ((Started) result).machine();
    }

    private OptionalLong tpm() {
        return Processes.tpm(lab.phase(RUN, 0).resolve(Swtpm.STATE));
    }

    /** How far the guest has counted, as it says at the port that leads to it; it may take a moment to listen. */
    private static int asked(Machine machine) throws IOException {
        Instant until = Clock.systemUTC().instant().plusSeconds(60);
        String answer = "";
        while (answer.isEmpty()) {
            assertThat(Clock.systemUTC().instant()).as(() -> console(machine)).isBefore(until);
            try (Socket guest =
                    new Socket(InetAddress.getLoopbackAddress(), machine.ssh().port())) {
                guest.setSoTimeout(60_000);
                answer = new String(guest.getInputStream().readNBytes(8), StandardCharsets.UTF_8).strip();
            }
        }
        return Integer.parseInt(answer);
    }

    private static Duration timed(Runnable work) {
        Instant begin = Clock.systemUTC().instant();
        work.run();
        return Duration.between(begin, Clock.systemUTC().instant());
    }

    private static Instant at(Story story, Milestone.Name name) {
        return story.milestones().stream()
                .filter(milestone -> milestone.name() == name)
                .findFirst()
                .orElseThrow()
                .at();
    }

    private static void awaitConsole(Machine machine, String pattern) {
        Pattern wanted = Pattern.compile(pattern);
        Instant until = Clock.systemUTC().instant().plusSeconds(120);
        while (!wanted.matcher(console(machine)).find()) {
            assertThat(Clock.systemUTC().instant())
                    .as(() -> pattern + " in " + console(machine))
                    .isBefore(until);
            Story _ = machine.await(now -> false, Clock.systemUTC().instant().plusMillis(200));
        }
    }

    private static Story await(Machine machine, Predicate<Story> fits) {
        Story story = machine.await(fits, Clock.systemUTC().instant().plusSeconds(180));
        assertThat(story).as(() -> console(machine)).matches(fits);
        return story;
    }

    private static String console(Machine machine) {
        return new String(machine.console(), StandardCharsets.UTF_8);
    }
}
