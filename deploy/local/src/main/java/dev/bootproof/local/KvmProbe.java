package dev.bootproof.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Finds out whether KVM runs guests here. That it can be opened proves nothing: there are hosts where no kernel gets
 * anywhere in it. So a kernel has to say its first words in a few seconds.
 *
 * @param device the device
 * @param paravirtual what is there where the host's KVM is the paravirtual one, in which stock kernels hang
 * @param qemu the program
 */
record KvmProbe(Path device, Path paravirtual, String qemu) {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final String NAME = "KVM";
    private static final String EMULATED = "every instruction of a guest is emulated, which is some ten times slower: ";

    /** The host's own. */
    static KvmProbe ofThisHost() {
        return new KvmProbe(Path.of("/dev/kvm"), Path.of("/sys/module/kvm_pvm"), "qemu-system-x86_64");
    }

    /** How it is; a guest is only tried where nothing speaks against it. */
    Finding finding(Home home) {
        if (!Files.exists(device)) {
            return Finding.note(
                    NAME, EMULATED + "there is no " + device, "turn on virtualisation in the firmware, or nest it");
        }
        if (!Files.isWritable(device)) {
            return Finding.note(
                    NAME,
                    EMULATED + device + " is not yours to use",
                    "add yourself to its group: usermod -aG kvm USER");
        }
        if (Files.exists(paravirtual)) {
            return Finding.note(
                    NAME,
                    EMULATED + "this host's KVM is kvm_pvm, in which published kernels hang",
                    "use a host with VT-x or AMD-V");
        }
        return kernel(home)
                .map(this::tried)
                .orElseGet(() -> Finding.note(
                        NAME,
                        device + " is there and was not tried: there is no kernel here yet",
                        "./bootproof demo brings one; the lab tries KVM before it uses it"));
    }

    private Finding tried(Path kernel) {
        return boots(kernel, "kvm")
                ? Finding.good(NAME, "a guest said its first words")
                : Finding.note(
                        NAME,
                        EMULATED + "no kernel said a word in KVM within " + LIMIT.toSeconds() + " s",
                        "if this is a virtual machine, its host has to offer nested virtualisation that works");
    }

    /** A kernel to try: of a golden disk, else the host's own where it can be read. */
    static Optional<Path> kernel(Home home) {
        return Stream.concat(
                        children(home.lab().disks()).map(disk -> disk.resolve("kernel")),
                        children(Path.of("/boot"))
                                .filter(file -> file.getFileName().toString().startsWith("vmlinuz-")))
                .filter(Files::isRegularFile)
                .filter(Files::isReadable)
                .findFirst();
    }

    private static Stream<Path> children(Path directory) {
        try (Stream<Path> all = Files.list(directory)) {
            return all.sorted(Comparator.reverseOrder()).toList().stream();
        } catch (IOException e) {
            return Stream.empty();
        }
    }

    /** Whether a guest with nothing but this kernel comes to its first words in time. */
    boolean boots(Path kernel, String accelerator) {
        try {
            Path console = Files.createTempFile("bootproof-", ".console");
            Process guest = new ProcessBuilder(command(kernel, accelerator, console))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try {
                return Patience.until(LIMIT, () -> spoke(console) || ended(guest)) && spoke(console);
            } finally {
                guest.destroyForcibly();
                Files.deleteIfExists(console);
            }
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean ended(Process guest) {
        try {
            return guest.waitFor(LOOK.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static boolean spoke(Path console) {
        try {
            return Files.readString(console, StandardCharsets.ISO_8859_1).contains("Linux version ");
        } catch (IOException e) {
            return false;
        }
    }

    private List<String> command(Path kernel, String accelerator, Path console) {
        String cpu = accelerator.equals("kvm") ? "host" : "max";
        return List.of(
                qemu,
                "-accel",
                accelerator,
                "-cpu",
                cpu,
                "-M",
                "q35",
                "-m",
                "256",
                "-nodefaults",
                "-no-user-config",
                "-display",
                "none",
                "-monitor",
                "none",
                "-no-reboot",
                "-serial",
                "file:" + console,
                "-kernel",
                kernel.toString(),
                "-append",
                "console=ttyS0 panic=-1");
    }
}
