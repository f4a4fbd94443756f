package dev.bootproof.vmprovisioner.qemu;

import dev.bootproof.events.EventJson;
import dev.bootproof.events.MalformedEvent;
import dev.bootproof.vmprovisioner.VmProvisionerConfig.Acceleration;
import io.quarkus.logging.Log;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Chooses what runs the guests. That KVM can be opened proves nothing: there are hosts where it makes machines in which
 * no kernel gets anywhere. So a small guest has to show its kernel's first words in a few seconds; the answer is
 * remembered until the host is started anew or QEMU changes.
 */
final class AcceleratorChoice {
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
    private static final String FIRST_WORDS = "Linux version ";

    private final String qemu;
    private final Acceleration wish;
    private final Path memory;
    private final Signs signs;
    private @Nullable Accelerator chosen;

    /**
     * @param qemu the program
     * @param wish what the configuration says
     * @param memory the file in which the answer is remembered
     */
    AcceleratorChoice(String qemu, Acceleration wish, Path memory) {
        this(qemu, wish, memory, Signs.OF_THIS_HOST);
    }

    AcceleratorChoice(String qemu, Acceleration wish, Path memory, Signs signs) {
        this.qemu = qemu;
        this.wish = wish;
        this.memory = memory;
        this.signs = signs;
    }

    /**
     * By what a host shows which KVM it has.
     *
     * @param kvm the device
     * @param paravirtual what is there where it is the paravirtual one, in which stock kernels hang
     * @param vendors what is there where it is the processor's own virtualisation
     */
    record Signs(Path kvm, Path paravirtual, List<Path> vendors) {
        static final Signs OF_THIS_HOST = new Signs(
                Path.of("/dev/kvm"),
                Path.of("/sys/module/kvm_pvm"),
                List.of(Path.of("/sys/module/kvm_intel"), Path.of("/sys/module/kvm_amd")));

        Signs {
            vendors = List.copyOf(vendors);
        }

        /** Whether there is one that may be tried. */
        boolean worthTrying() {
            return Files.isWritable(kvm) && !Files.exists(paravirtual);
        }
    }

    /**
     * An answer and what it was true for.
     *
     * @param host this start of this host, and this QEMU
     * @param accelerator the answer
     */
    record Remembered(String host, Accelerator accelerator) {}

    /**
     * What runs guests here.
     *
     * @param kernel one that can be tried; where there is none, as on a disk with a loader of its own, KVM is believed
     *     where the host has it for its processor's own virtualisation
     */
    synchronized Accelerator choose(Path kernel) {
        if (chosen != null) {
            return chosen;
        }
        Accelerator answer = switch (wish) {
            case KVM -> Accelerator.KVM;
            case TCG -> Accelerator.TCG;
            case AUTO -> Files.exists(kernel) ? proven(kernel) : believed();
        };
        if (wish != Acceleration.AUTO || Files.exists(kernel)) {
            chosen = answer;
            Log.infof("guests run by %s", chosen);
        }
        return answer;
    }

    private Accelerator believed() {
        boolean vendor = signs.vendors().stream().anyMatch(Files::exists);
        return vendor && signs.worthTrying() ? Accelerator.KVM : Accelerator.TCG;
    }

    private Accelerator proven(Path kernel) {
        if (!signs.worthTrying()) {
            return Accelerator.TCG;
        }
        String host = host();
        Optional<Accelerator> earlier = remembered(host);
        if (earlier.isPresent()) {
            return earlier.get();
        }
        Accelerator answer = boots(kernel, Accelerator.KVM) ? Accelerator.KVM : Accelerator.TCG;
        try {
            Files.write(memory, EventJson.write(new Remembered(host, answer)));
        } catch (IOException e) {
            Log.warnf(e, "the choice of the accelerator could not be remembered in %s", memory);
        }
        return answer;
    }

    private String host() {
        String version =
                Tool.run(Path.of("/"), LONGEST, List.of(qemu, "--version")).output();
        try {
            return Files.readString(BOOT_ID).strip() + " "
                    + version.lines().findFirst().orElse("");
        } catch (IOException e) {
            return "unknown";
        }
    }

    private Optional<Accelerator> remembered(String host) {
        try {
            Remembered earlier = EventJson.read(Files.readAllBytes(memory), Remembered.class);
            return earlier.host().equals(host) ? Optional.of(earlier.accelerator()) : Optional.empty();
        } catch (IOException | MalformedEvent e) {
            return Optional.empty();
        }
    }

    /** Whether a guest with nothing but this kernel comes to its first words in time. */
    boolean boots(Path kernel, Accelerator accelerator) {
        Process guest;
        try {
            guest = new ProcessBuilder(command(kernel, accelerator))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            Log.debugf(e, "no guest could be tried");
            return false;
        }
        try {
            return CompletableFuture.supplyAsync(() -> speaks(guest), Thread.ofVirtual()::start)
                    .get(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            guest.destroyForcibly();
        }
    }

    private List<String> command(Path kernel, Accelerator accelerator) {
        List<String> arguments = new ArrayList<>(List.of(qemu));
        arguments.addAll(accelerator.arguments());
        arguments.addAll(List.of("-M", "q35", "-m", "256", "-nodefaults", "-no-user-config", "-display", "none"));
        arguments.addAll(List.of("-serial", "stdio", "-monitor", "none", "-no-reboot", "-kernel", kernel.toString()));
        arguments.addAll(List.of("-append", "console=ttyS0 panic=-1"));
        return arguments;
    }

    private static boolean speaks(Process guest) {
        try (var console = guest.inputReader(StandardCharsets.ISO_8859_1)) {
            return console.lines().anyMatch(line -> line.contains(FIRST_WORDS));
        } catch (IOException | UncheckedIOException e) {
            return false;
        }
    }
}
