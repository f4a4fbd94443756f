package dev.bootproof.vmprovisioner.qemu;

import dev.bootproof.events.DerivedKeys;
import dev.bootproof.events.Fault;
import dev.bootproof.events.Firmware;
import dev.bootproof.events.LocalLab;
import dev.bootproof.events.MachinePlan;
import dev.bootproof.events.Medium;
import dev.bootproof.vmprovisioner.Order;
import dev.bootproof.vmprovisioner.VmProvisionerConfig;
import dev.bootproof.vmprovisioner.qemu.Clones.Clone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Lays out in a phase's directory what its machine is made of: clones, firmware variables, keys. */
final class Assembly {
    /** The serial number by which suites know the disk of the image. */
    private static final String ROOT = "root";

    private final LocalLab lab;
    private final DerivedKeys keys;
    private final VmProvisionerConfig config;
    private final Clones clones = new Clones();

    Assembly(LocalLab lab, DerivedKeys keys, VmProvisionerConfig config) {
        this.lab = lab;
        this.keys = keys;
        this.config = config;
    }

    /**
     * Lays out all that this machine has but its network.
     *
     * @throws CannotStart when something of it is not to be had
     */
    List<Part> parts(Order order, Path directory) throws IOException {
        EarlierPhases earlier = new EarlierPhases(lab, order.run(), order.phase());
        MachinePlan machine = order.machine();
        List<Part> parts = new ArrayList<>();
        parts.addAll(drives(order, directory, earlier));
        parts.add(loader(order, directory, earlier));
        parts.add(access(order, directory));
        if (machine.tpm()) {
            Swtpm tpm = new Swtpm(directory);
            tpm.prepare(earlier);
            parts.add(tpm);
        }
        return parts;
    }

    private List<Part> drives(Order order, Path directory, EarlierPhases earlier) {
        List<Medium> media = order.machine().media();
        List<Part> drives = new ArrayList<>();
        if (media.stream().anyMatch(medium -> medium.drive() == Medium.Drive.CDROM)) {
            drives.add(() -> Drive.CONTROLLER);
        }
        for (int n = 0; n < media.size(); n++) {
            int boot = order.machine().firmware() == Firmware.DIRECT ? Drive.NEVER : n;
            drives.add(drive(order, directory, earlier, media.get(n), boot));
        }
        config.toolsDisk()
                .map(tools -> new Drive("tools", "tools", tools, "raw", Drive.Kind.SIDE, Drive.NEVER))
                .ifPresent(drives::add);
        return drives;
    }

    private Drive drive(Order order, Path directory, EarlierPhases earlier, Medium medium, int boot) {
        String name = medium.disk();
        String serial = name.equals(Medium.IMAGE) ? ROOT : name;
        return switch (medium.drive()) {
            case CDROM -> new Drive("cd-" + serial, serial, goldenDisk(order, name), "raw", Drive.Kind.CDROM, boot);
            case DISK -> {
                String file = "disk-" + name;
                Path from = earlier.latest(file + ".raw", file + ".qcow2").orElseGet(() -> goldenDisk(order, name));
                Clone clone = clones.disk(from, directory, file, order.saveable());
                yield new Drive("disk-" + serial, serial, clone.file(), clone.format(), Drive.Kind.DISK, boot);
            }
        };
    }

    private Loader loader(Order order, Path directory, EarlierPhases earlier) throws IOException {
        MachinePlan machine = order.machine();
        return switch (machine.firmware()) {
            case DIRECT ->
                new Loader.Direct(
                        golden(order, Medium.IMAGE), order.plan().recipe().kernelArguments());
            case UEFI -> uefi(order, directory, earlier);
            case BIOS -> new Loader.Bios(Files.write(directory.resolve("sercon-port"), Loader.Bios.FIRST_SERIAL));
        };
    }

    /** Variables with and without Secure Boot do not fit each other's firmware, so they have names of their own. */
    private Loader uefi(Order order, Path directory, EarlierPhases earlier) throws IOException {
        boolean secure = order.machine().secureBoot();
        Ovmf ovmf = Ovmf.find(Path.of("/"), secure, config.secureBootVariables().stream());
        String name = secure ? "variables-secure" : "variables";
        Path from = earlier.latest(name + ".raw", name + ".qcow2").orElse(ovmf.variables());
        Clone variables = clones.whole(from, directory, name, order.saveable());
        return new Loader.Uefi(ovmf.code(), variables.file(), variables.format(), secure);
    }

    private Part access(Order order, Path directory) throws IOException {
        Keys own = Keys.of(keys, order.run());
        return switch (order.machine().access()) {
            case CREDENTIALS -> Credentials.write(own, directory);
            case CLOUD_INIT -> CloudInitSeed.write(order.run(), own, directory);
            case IGNITION -> IgnitionConfig.write(own, directory);
            case AGENT -> new AgentChannel(new MachineFiles(directory).agent());
        };
    }

    /** The disk that disk-builder made; it is only ever read. */
    private Path goldenDisk(Order order, String name) {
        Path disk = golden(order, name).resolve("disk.raw");
        if (!Files.exists(disk)) {
            throw new CannotStart(
                    Fault.MACHINE_NOT_STARTED, "the disk " + order.disks().get(name) + " is not in this lab's store");
        }
        return disk;
    }

    private Path golden(Order order, String name) {
        String identity = order.disks().get(name);
        if (identity == null) {
            throw new CannotStart(Fault.MACHINE_NOT_STARTED, "nobody made the disk " + name + " that the plan names");
        }
        return lab.disk(identity);
    }
}
