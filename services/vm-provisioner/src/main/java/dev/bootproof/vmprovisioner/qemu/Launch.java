package dev.bootproof.vmprovisioner.qemu;

import dev.bootproof.events.DerivedKeys;
import dev.bootproof.events.Fault;
import dev.bootproof.events.LocalLab;
import dev.bootproof.events.Medium;
import dev.bootproof.vmprovisioner.Order;
import dev.bootproof.vmprovisioner.VmProvisionerConfig;
import dev.bootproof.vmprovisioner.qemu.MachineFiles.Made;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Starts a QEMU process with all that it needs. */
final class Launch {
    private static final Duration TO_START = Duration.ofSeconds(30);
    private static final int PORTS_TRIED = 5;
    private static final String PORT_TAKEN = "host forwarding rule";
    private static final int LONGEST_EVIDENCE = 500;

    private final LocalLab lab;
    private final VmProvisionerConfig config;
    private final Assembly assembly;
    private final AcceleratorChoice accelerators;
    private final Clock clock;

    Launch(LocalLab lab, DerivedKeys keys, VmProvisionerConfig config, Clock clock) {
        this.lab = lab;
        this.config = config;
        this.assembly = new Assembly(lab, keys, config);
        Path memory = lab.home().resolve("accelerator.json");
        this.accelerators = new AcceleratorChoice(config.qemu(), config.accelerator(), memory);
        this.clock = clock;
    }

    /**
     * Starts this machine.
     *
     * @return what it was made as
     * @throws CannotStart when the host cannot
     */
    Made launch(Order order, MachineFiles files) throws IOException {
        files.renew(order.attempt());
        List<Part> parts = assembly.parts(order, files.directory());
        Path kernel = lab.disk(order.disks().getOrDefault(Medium.IMAGE, "none")).resolve("kernel");
        Accelerator accelerator = accelerators.choose(kernel);
        Tool started = new Tool(1, "no port was free");
        for (int tries = 0; tries < PORTS_TRIED; tries++) {
            Made made = new Made(order, order.port() > 0 ? order.port() : freePort(), clock.instant());
            files.write(made);
            started = start(made, files, accelerator, parts);
            if (started.ok()) {
                return made;
            }
            if (!started.output().contains(PORT_TAKEN)) {
                break;
            }
        }
        throw started.isMissing()
                ? CannotStart.missing(config.qemu(), "qemu-system-x86")
                : new CannotStart(
                        Fault.MACHINE_NOT_STARTED,
                        "QEMU ended at once with " + started.exitCode() + ": " + bounded(started.output()));
    }

    private Tool start(Made made, MachineFiles files, Accelerator accelerator, List<Part> parts) {
        Order order = made.order();
        NetworkCard card = new NetworkCard(order.plan().reach(), order.image(), made.port());
        card.check(files.directory());
        List<Part> all = new ArrayList<>(parts);
        all.add(card);
        if (order.machine().tpm()) {
            new Swtpm(files.directory()).start();
        }
        return Tool.run(
                files.directory(),
                TO_START,
                new QemuCommand(config.qemu(), accelerator, order, files, all).arguments());
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    private static String bounded(String text) {
        return text.length() > LONGEST_EVIDENCE ? text.substring(0, LONGEST_EVIDENCE) : text;
    }
}
