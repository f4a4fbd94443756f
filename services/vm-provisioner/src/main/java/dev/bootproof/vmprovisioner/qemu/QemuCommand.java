package dev.bootproof.vmprovisioner.qemu;

import dev.bootproof.vmprovisioner.Order;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The command line of a machine. Nothing in it is secret: keys are in files that it names.
 *
 * @param qemu the program
 * @param accelerator what runs the guest
 * @param order the machine
 * @param files where its files are
 * @param golden the directory with its kernel and initrd
 * @param disk its root disk
 * @param toolsDisk the side disk with tools, or null
 * @param credentials files with SMBIOS strings
 * @param port the port of this host that leads to the guest's SSH server
 */
record QemuCommand(
        String qemu,
        Accelerator accelerator,
        Order order,
        MachineFiles files,
        Path golden,
        RootDisks.Clone.Made disk,
        @Nullable Path toolsDisk,
        List<Path> credentials,
        int port) {
    /** The screen is for screenshots; the last one named is where systemd speaks, and that we read. */
    private static final List<String> CONSOLES = List.of("console=tty0", "console=ttyS0");

    /** Shows what units do, and starts an SSH server that the image does not enable. */
    private static final List<String> LAB_ARGUMENTS =
            List.of("systemd.show_status=1", "systemd.wants=ssh.service", "systemd.wants=sshd.service");

    List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of(qemu, "-name", order.name()));
        arguments.addAll(accelerator.arguments());
        add(arguments, "-M q35 -nodefaults -no-user-config -display none -vga std");
        add(arguments, "-smp " + order.cpus() + " -m " + order.memoryMiB());
        add(arguments, "-action panic=pause -device pvpanic-pci -device virtio-rng-pci");
        channels(arguments);
        disks(arguments);
        credentials.forEach(file -> arguments.addAll(List.of("-smbios", "type=11,path=" + escaped(file))));
        kernel(arguments);
        arguments.addAll(List.of("-daemonize", "-pidfile", files.pid().toString()));
        return arguments;
    }

    /** The control socket is relative to the working directory, because a socket's path may be 107 bytes long at most. */
    private void channels(List<String> arguments) {
        arguments.addAll(List.of("-chardev", "file,id=console,path=" + escaped(files.console())));
        add(arguments, "-serial chardev:console -monitor none");
        arguments.addAll(List.of("-qmp", "unix:" + files.socket().getFileName() + ",server=on,wait=off"));
        add(arguments, "-netdev user,id=net,restrict=on,hostfwd=tcp:127.0.0.1:" + port + "-:22");
        add(arguments, "-device virtio-net-pci,netdev=net,romfile=");
    }

    /** An error of the host's disk stops the machine instead of showing the guest a broken one. */
    private void disks(List<String> arguments) {
        String root = ",if=none,id=root,cache=unsafe,discard=unmap,format=" + disk.format();
        arguments.addAll(List.of("-drive", "file=" + escaped(disk.file()) + root));
        add(arguments, "-device virtio-blk-pci,drive=root,serial=root,werror=stop,rerror=stop");
        if (toolsDisk != null) {
            arguments.addAll(
                    List.of("-drive", "file=" + escaped(toolsDisk) + ",if=none,id=tools,format=raw,readonly=on"));
            add(arguments, "-device virtio-blk-pci,drive=tools,serial=tools");
        }
    }

    private void kernel(List<String> arguments) {
        List<String> words = new ArrayList<>(order.kernelArguments());
        words.removeAll(CONSOLES);
        words.addAll(CONSOLES);
        words.addAll(LAB_ARGUMENTS);
        arguments.addAll(List.of("-kernel", golden.resolve("kernel").toString()));
        Path initrd = golden.resolve("initrd");
        if (Files.exists(initrd)) {
            arguments.addAll(List.of("-initrd", initrd.toString()));
        }
        arguments.addAll(List.of("-append", String.join(" ", words)));
    }

    private static void add(List<String> arguments, String words) {
        arguments.addAll(List.of(words.split(" ")));
    }

    /** In QEMU's options a comma ends a value unless it is doubled. */
    private static String escaped(Path path) {
        return path.toString().replace(",", ",,");
    }
}
