package dev.bootproof.vmprovisioner.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bootproof.events.Access;
import dev.bootproof.events.DerivedKeys;
import dev.bootproof.events.Fault;
import dev.bootproof.events.Firmware;
import dev.bootproof.events.ImageRef;
import dev.bootproof.events.Isolation;
import dev.bootproof.events.LocalLab;
import dev.bootproof.events.MachinePlan;
import dev.bootproof.events.Medium;
import dev.bootproof.events.Medium.Drive;
import dev.bootproof.events.Network;
import dev.bootproof.events.RunId;
import dev.bootproof.vmprovisioner.Order;
import dev.bootproof.vmprovisioner.Orders;
import dev.bootproof.vmprovisioner.TestConfig;
import dev.bootproof.vmprovisioner.VmProvisionerConfig.Acceleration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a plan's machine is on QEMU's command line. */
@SuppressWarnings("NullAway.Init") // made before each test
class AssemblyTest {
    private static final RunId RUN = new RunId("parts-0123456789ab");
    private static final DerivedKeys KEYS = new DerivedKeys(new byte[32]);
    private static final Path SNAKEOIL = Path.of("/usr/share/OVMF/OVMF_VARS_4M.snakeoil.fd");
    private static final List<Medium> LIVE = List.of(new Medium("live", Drive.CDROM), new Medium("target", Drive.DISK));
    private static final List<Medium> IMAGE = List.of(new Medium(Medium.IMAGE, Drive.DISK));

    @TempDir
    Path home;

    private LocalLab lab;

    @BeforeEach
    void makeDisks() throws IOException {
        lab = new LocalLab(home);
        for (String identity : List.of("golden", "live", "target")) {
            Files.write(Files.createDirectories(lab.disk(identity)).resolve("disk.raw"), new byte[1 << 20]);
        }
    }

    @Test
    void anImagesOwnKernelIsGivenTheLabsWords() throws IOException {
        // Given
        MachinePlan machine = new MachinePlan(Firmware.DIRECT, false, false, Access.CREDENTIALS, IMAGE);
        // When
        String line = line(0, machine, Isolation.SHARED);
        // Then
        assertThat(line)
                .contains("-kernel", "systemd.wants=ssh.service", "serial=root")
                .doesNotContain("bootindex");
    }

    @Test
    void uefiHasVariablesOfItsOwnAndAsksAStubForTheLabsWords() throws IOException {
        // Given
        MachinePlan machine = new MachinePlan(Firmware.UEFI, false, false, Access.CREDENTIALS, IMAGE);
        // When
        String line = line(0, machine, Isolation.SHARED);
        // Then
        assertThat(line)
                .contains("unit=0,format=raw,readonly=on,file=/usr/share/", "p0/variables.raw")
                .contains("value=io.systemd.stub.kernel-cmdline-extra=console=tty0 console=ttyS0", "bootindex=0")
                .doesNotContain("-kernel", "smm=on");
    }

    @Test
    void secureBootIsGuardedAndTakesTheKeysThatAreSet() throws IOException {
        // Given
        MachinePlan machine = new MachinePlan(Firmware.UEFI, true, false, Access.CREDENTIALS, IMAGE);
        // When
        String line = line(0, machine, Isolation.SHARED);
        // Then
        assertThat(line)
                .contains("-M q35,smm=on", "property=secure,value=on", ".ms.fd")
                .doesNotContain("kernel-cmdline-extra");
        assertThat(lab.phase(RUN, 0).resolve("variables-secure.raw")).hasSameBinaryContentAs(SNAKEOIL);
    }

    @Test
    void biosSpeaksOnTheConsoleAndTriesTheMediaInTheirOrder() throws IOException {
        // Given
        MachinePlan machine = new MachinePlan(Firmware.BIOS, false, false, Access.CREDENTIALS, LIVE);
        // When
        String line = line(0, machine, Isolation.SHARED);
        // Then
        assertThat(line)
                .contains("etc/sercon-port", "virtio-scsi-pci")
                .contains("scsi-cd,bus=scsi.0,drive=cd-live,serial=live,bootindex=0")
                .contains("drive=disk-target,serial=target,bootindex=1", "cache=unsafe")
                .contains("disks/live/disk.raw,if=none,id=cd-live,format=raw,readonly=on");
        assertThat(lab.phase(RUN, 0).resolve("sercon-port")).hasSize(8);
    }

    @Test
    void whatAPhaseWroteAndItsVariablesLastInTheNext() throws IOException {
        // Given
        MachinePlan machine = new MachinePlan(Firmware.UEFI, false, false, Access.CREDENTIALS, LIVE);
        line(0, machine, Isolation.SHARED);
        Files.write(lab.phase(RUN, 0).resolve("variables.raw"), new byte[] {1, 2, 3});
        // When
        line(1, new MachinePlan(Firmware.DIRECT, false, false, Access.CREDENTIALS, IMAGE), Isolation.SHARED);
        line(2, machine, Isolation.SHARED);
        // Then
        assertThat(lab.phase(RUN, 2).resolve("variables.raw")).hasBinaryContent(new byte[] {1, 2, 3});
        assertThat(backing(lab.phase(RUN, 2))).contains("p0/disk-target.");
    }

    @Test
    void whatIsToBeSavedIsAllOverlays() throws IOException {
        // Given
        MachinePlan machine = new MachinePlan(Firmware.UEFI, false, false, Access.CREDENTIALS, IMAGE);
        // When
        String line = line(0, machine, Isolation.SNAPSHOT);
        // Then
        assertThat(line).contains("unit=1,format=qcow2", "disk-image.qcow2").doesNotContain("disk-image.raw");
    }

    @ParameterizedTest
    @EnumSource(Access.class)
    void noKeyIsOnTheCommandLineAndEveryFileWithOneIsTheOwnersAlone(Access access) throws IOException {
        // Given
        MachinePlan machine = new MachinePlan(Firmware.BIOS, false, false, access, IMAGE);
        // When
        String line = line(0, machine, Isolation.SHARED);
        // Then
        String word = switch (access) {
            case CREDENTIALS -> "type=11,path=";
            case CLOUD_INIT -> "serial=cidata";
            case IGNITION -> "name=opt/com.coreos/config,file=";
            case AGENT -> "name=org.qemu.guest_agent.0";
        };
        assertThat(line).contains(word).doesNotContain("PRIVATE", "ssh-ed25519");
        try (Stream<Path> files = Files.list(lab.phase(RUN, 0))) {
            assertThat(files.filter(AssemblyTest::holdsKeys))
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
    }

    @Test
    void cloudInitIsToldAllKeysAndThatRootMayLogIn() throws IOException {
        // Given
        MachinePlan machine = new MachinePlan(Firmware.BIOS, false, false, Access.CLOUD_INIT, IMAGE);
        // When
        line(0, machine, Isolation.SHARED);
        // Then
        Path seed = lab.phase(RUN, 0).resolve("cidata.img");
        Tool label = Tool.run(home, Duration.ofSeconds(5), List.of("mlabel", "-s", "-i", seed.toString(), "::"));
        Tool user = Tool.run(home, Duration.ofSeconds(5), List.of("mcopy", "-i", seed.toString(), "::user-data", "-"));
        assertThat(label.output()).containsIgnoringCase("cidata");
        assertThat(user.output())
                .startsWith("#cloud-config\ndisable_root: false\n")
                .contains(KEYS.user(RUN).publicLine("bootproof"), "    -----BEGIN OPENSSH PRIVATE KEY-----");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NONE | lab.example:5000 | user,id=net,restrict=on,hostfwd=tcp:127.0.0.1:22022-:22",
                "OPEN | lab.example:5000 | user,id=net,hostfwd=tcp:127.0.0.1:22022-:22",
                "RESTRICTED | lab.example:5000 | guestfwd=tcp:10.0.2.100:5000-cmd:socat -t 30 STDIO TCP:lab.example:5000,",
                "RESTRICTED | ghcr.io | STDIO TCP:ghcr.io:443,",
                "RESTRICTED | docker.io | STDIO TCP:registry-1.docker.io:443,",
            })
    void theNetworkIsThatOfThePlan(Network reach, String registry, String expected) {
        // Given
        var image = ImageRef.parse(registry + "/os:latest");
        // When
        List<String> arguments = new NetworkCard(reach, image, 22022).arguments();
        // Then
        assertThat(arguments.get(1)).contains(expected);
    }

    @Test
    void firmwareThatIsNotInstalledIsNamedWithItsPackage() {
        // Given
        Path bare = home.resolve("bare");
        // When, then
        assertThatThrownBy(() -> Ovmf.find(bare, true, Stream.empty()))
                .isInstanceOfSatisfying(CannotStart.class, why -> {
                    assertThat(why.fault()).isEqualTo(Fault.TOOL_MISSING);
                    assertThat(why.evidence()).contains("Secure Boot", "package ovmf");
                });
    }

    @Test
    void aDiskThatNobodyMadeIsNamed() {
        // Given
        List<Medium> media = List.of(new Medium("missing", Drive.DISK));
        MachinePlan machine = new MachinePlan(Firmware.BIOS, false, false, Access.CREDENTIALS, media);
        // When, then
        assertThatThrownBy(() -> line(0, machine, Isolation.SHARED))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("nobody made the disk missing");
    }

    private String line(int phase, MachinePlan machine, Isolation isolation) throws IOException {
        Order order = Orders.with(
                Orders.order(RUN, phase, Orders.plan(256, machine, Network.NONE, isolation)),
                Map.of(Medium.IMAGE, "golden", "live", "live", "target", "target"));
        Path directory = Files.createDirectories(lab.phase(RUN, phase));
        TestConfig config = new TestConfig(
                "qemu-system-x86_64",
                Acceleration.TCG,
                Duration.ofSeconds(1),
                OptionalInt.empty(),
                Optional.of(SNAKEOIL));
        List<Part> parts = new Assembly(lab, KEYS, config).parts(order, directory);
        return String.join(
                " ", new QemuCommand("qemu", Accelerator.TCG, order, new MachineFiles(directory), parts).arguments());
    }

    private static boolean holdsKeys(Path file) {
        try {
            String content = Files.readString(file, StandardCharsets.ISO_8859_1);
            return content.contains("PRIVATE KEY")
                    || content.contains("credential.binary")
                    || content.contains("base64,");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String backing(Path phase) {
        Path overlay = phase.resolve("disk-target.qcow2");
        return Tool.run(phase, Duration.ofSeconds(10), List.of("qemu-img", "info", overlay.toString()))
                .output();
    }
}
