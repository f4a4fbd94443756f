package dev.bootproof.vmprovisioner.qemu;

import dev.bootproof.vmprovisioner.Order;
import java.util.ArrayList;
import java.util.List;

/**
 * The command line of a machine. Nothing in it is secret: keys are in files that it names.
 *
 * @param qemu the program
 * @param accelerator what runs the guest
 * @param order the machine
 * @param files where its files are
 * @param parts all that it has beside processors, memory and a console
 */
record QemuCommand(String qemu, Accelerator accelerator, Order order, MachineFiles files, List<Part> parts) {
    List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of(qemu, "-name", order.name()));
        arguments.addAll(accelerator.arguments());
        arguments.addAll(Part.words("-nodefaults -no-user-config -display none -vga std"));
        arguments.addAll(Part.words("-smp " + order.planned().cpus() + " -m " + order.memoryMiB()));
        arguments.addAll(Part.words("-action panic=pause -device pvpanic-pci -device virtio-rng-pci"));
        channels(arguments);
        parts.forEach(part -> arguments.addAll(part.arguments()));
        arguments.addAll(List.of("-daemonize", "-pidfile", files.pid().toString()));
        return arguments;
    }

    /** The control socket is relative to the working directory, because a socket's path may be 107 bytes long at most. */
    private void channels(List<String> arguments) {
        arguments.addAll(List.of("-chardev", "file,id=console,append=on,path=" + Part.value(files.console())));
        arguments.addAll(Part.words("-serial chardev:console -monitor none"));
        arguments.addAll(List.of("-qmp", "unix:" + files.socket().getFileName() + ",server=on,wait=off"));
    }
}
