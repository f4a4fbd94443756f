package dev.bootproof.vmprovisioner.qemu;

import dev.bootproof.events.DerivedKeys;
import dev.bootproof.events.LocalLab;
import dev.bootproof.vmprovisioner.Order;
import dev.bootproof.vmprovisioner.VmProvisionerConfig;
import dev.bootproof.vmprovisioner.qemu.MachineFiles.Made;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Starts a QEMU process with all that it needs. */
final class Launch {
    private static final Duration TO_START = Duration.ofSeconds(30);
    private static final int PORTS_TRIED = 5;
    private static final String PORT_TAKEN = "host forwarding rule";
    private static final int LONGEST_EVIDENCE = 500;

    private final LocalLab lab;
    private final VmProvisionerConfig config;
    private final Credentials credentials;
    private final RootDisks disks = new RootDisks();
    private final AcceleratorChoice accelerators;
    private final Clock clock;

    Launch(LocalLab lab, DerivedKeys keys, VmProvisionerConfig config, Clock clock) {
        this.lab = lab;
        this.config = config;
        this.credentials = new Credentials(keys);
        Path memory = lab.home().resolve("accelerator.json");
        this.accelerators = new AcceleratorChoice(config.qemu(), config.accelerator(), memory);
        this.clock = clock;
    }

    /** What came of it. */
    sealed interface Result {}

    /** It runs. */
    record Running(Made made) implements Result {}

    /** It does not. */
    record Failed(String evidence) implements Result {}

    Result launch(Order order, MachineFiles files) throws IOException {
        Path golden = lab.disk(order.disk());
        Path disk = golden.resolve("disk.raw");
        if (!Files.exists(disk)) {
            return new Failed("the disk " + order.disk() + " is not in this lab's store");
        }
        files.renew(order.attempt());
        return switch (disks.clone(disk, files.directory())) {
            case RootDisks.Clone.Failed(String evidence) -> new Failed(evidence);
            case RootDisks.Clone.Made clone -> run(order, files, golden, clone);
        };
    }

    private Result run(Order order, MachineFiles files, Path golden, RootDisks.Clone.Made clone) throws IOException {
        List<Path> secrets = credentials.write(order.run(), files.directory());
        Accelerator accelerator = accelerators.choose(golden.resolve("kernel"));
        Path tools = config.toolsDisk().orElse(null);
        Tool started = new Tool(1, "no port was free");
        for (int tries = 0; tries < PORTS_TRIED; tries++) {
            int port = freePort();
            Made made = new Made(order.run(), order.phase(), order.attempt(), order.memoryMiB(), port, clock.instant());
            files.write(made);
            List<String> command = new QemuCommand(
                            config.qemu(), accelerator, order, files, golden, clone, tools, secrets, port)
                    .arguments();
            started = Tool.run(files.directory(), TO_START, command);
            if (started.ok()) {
                return new Running(made);
            }
            if (!started.output().contains(PORT_TAKEN)) {
                break;
            }
        }
        return new Failed("QEMU ended at once with " + started.exitCode() + ": " + bounded(started.output()));
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
