package dev.bootproof.local;

import dev.bootproof.events.DiskInputs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;

/**
 * The demo OS booted with nothing but QEMU and ssh: the same disk, kernel, memory and processors, until a command over
 * SSH has run.
 *
 * @param lab the lab whose disk is booted
 * @param run a run whose disk it is
 * @param terminal where it is told
 */
record BenchBoot(Lab lab, BenchRun run, Terminal terminal) {
    private static final int TIMES = 5;
    private static final Duration LIMIT = Duration.ofMinutes(3);

    Duration measure(BenchTable table) {
        table.heading("the same boot by hand: qemu-system-x86_64, ssh");
        List<Duration> times = new ArrayList<>();
        for (int n = 0; n < TIMES; n++) {
            terminal.passing("  boot " + (n + 1) + " of " + TIMES);
            Path place = temporary();
            try {
                times.add(once(place));
            } finally {
                BenchDisk.remove(place);
            }
        }
        Quantiles all = new Quantiles(times);
        table.quantiles("boot by hand", all);
        return all.median();
    }

    private Duration once(Path place) {
        ByHand tools = new ByHand(place.resolve("log"));
        Path key = place.resolve("key");
        tools.run(List.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString()));
        Path golden = lab.home().lab().disk(inputs().identity());
        Path clone = place.resolve("clone.qcow2");
        String disk = golden.resolve("disk.raw").toString();
        tools.run(List.of("qemu-img", "create", "-q", "-f", "qcow2", "-F", "raw", "-b", disk, clone.toString()));
        int port = freePort();
        Path console = place.resolve("console");
        long begun = System.nanoTime();
        Process qemu = start(qemu(golden, clone, console, key, port), place);
        try {
            Patience.until(LIMIT, () -> said(console, "login:") || said(console, "Reached target multi-user"));
            while (tools.exit(ssh(key, port)) != 0) {
                if (System.nanoTime() - begun > LIMIT.toNanos() || !qemu.isAlive()) {
                    throw Trouble.lab("the machine did not come up by hand", "its console: " + console);
                }
            }
            return Duration.ofNanos(System.nanoTime() - begun);
        } finally {
            qemu.destroyForcibly().onExit().join();
        }
    }

    private DiskInputs inputs() {
        return Objects.requireNonNull(run.vmReady(), "the run had a machine")
                .event()
                .inputs();
    }

    private List<String> qemu(Path golden, Path clone, Path console, Path key, int port) {
        boolean kvm = KvmProbe.ofThisHost().finding(lab.home()).state() == Finding.State.GOOD;
        String words = "qemu-system-x86_64" + (kvm ? " -accel kvm -cpu host" : " -accel tcg,thread=multi -cpu max")
                + " -M q35 -nodefaults -no-user-config"
                + " -display none -vga std -smp 2 -m 1024 -device virtio-rng-pci";
        List<String> command = new ArrayList<>(List.of(words.split(" ", -1)));
        command.addAll(List.of("-serial", "file:" + console));
        command.addAll(List.of("-netdev", "user,id=net,restrict=on,hostfwd=tcp:127.0.0.1:" + port + "-:22"));
        command.addAll(List.of("-device", "virtio-net-pci,netdev=net,romfile="));
        command.addAll(List.of("-drive", "file=" + clone + ",if=virtio,cache=unsafe,discard=unmap,format=qcow2"));
        command.addAll(List.of(
                "-smbios", "type=11,value=io.systemd.credential.binary:ssh.authorized_keys.root=" + key64(key)));
        command.addAll(List.of("-kernel", golden.resolve("kernel").toString()));
        command.addAll(List.of("-initrd", golden.resolve("initrd").toString()));
        String arguments = String.join(" ", inputs().recipe().kernelArguments());
        command.addAll(List.of("-append", arguments + " console=ttyS0 systemd.show_status=1"));
        return command;
    }

    private static List<String> ssh(Path key, int port) {
        String words = "ssh -F none -o BatchMode=yes -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null"
                + " -o ConnectTimeout=30 -o KexAlgorithms=ecdh-sha2-nistp256 -l root";
        List<String> command = new ArrayList<>(List.of(words.split(" ", -1)));
        command.addAll(List.of("-i", key.toString(), "-p", String.valueOf(port), "127.0.0.1", "true"));
        return command;
    }

    private static String key64(Path key) {
        try {
            return Base64.getEncoder().encodeToString(Files.readAllBytes(key.resolveSibling("key.pub")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean said(Path console, String what) {
        try {
            return Files.exists(console)
                    && Files.readString(console, StandardCharsets.ISO_8859_1).contains(what);
        } catch (IOException e) {
            return false;
        }
    }

    private static Process start(List<String> command, Path place) {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(place.resolve("qemu.log").toFile())
                    .start();
        } catch (IOException e) {
            throw Trouble.lab(
                    "QEMU could not be started: " + e.getMessage(), "./bootproof doctor says what is missing");
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("bp-bench");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
