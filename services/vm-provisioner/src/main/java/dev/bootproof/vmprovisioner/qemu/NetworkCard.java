package dev.bootproof.vmprovisioner.qemu;

import dev.bootproof.events.Fault;
import dev.bootproof.events.ImageRef;
import dev.bootproof.events.Network;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The network of a machine: its SSH server behind a port of this host, and what it reaches itself.
 *
 * <p>Of a restricted network the guest reaches one thing, the registry of the image under test, at {@code
 * 10.0.2.100:5000}. Each of its connections is one process of this host that passes bytes on, so the guest must speak
 * what the registry speaks; what the registry sends it elsewhere for, such as tokens or blobs on other hosts, it does not
 * reach.
 *
 * @see <a href="https://www.qemu.org/docs/master/system/invocation.html">QEMU, -netdev user, guestfwd</a>
 * @param reach what the guest reaches
 * @param image the image under test
 * @param port the port of this host
 */
record NetworkCard(Network reach, ImageRef image, int port) implements Part {
    private static final String USUAL_PORT = ":443";
    private static final String DOCKER_HUB = "docker.io";
    private static final Duration TO_ANSWER = Duration.ofSeconds(10);

    @Override
    public List<String> arguments() {
        String door = ",hostfwd=tcp:127.0.0.1:" + port + "-:22";
        return List.of("-netdev", "user,id=net" + limits() + door, "-device", "virtio-net-pci,netdev=net,romfile=");
    }

    /**
     * Sees that what the network needs is there.
     *
     * @throws CannotStart naming the package that is missing
     */
    void check(Path directory) {
        if (reach == Network.RESTRICTED
                && !Tool.run(directory, TO_ANSWER, List.of("socat", "-V")).ok()) {
            throw new CannotStart(Fault.TOOL_MISSING, "socat, for the plan's network: install the package socat");
        }
    }

    private String limits() {
        return switch (reach) {
            case NONE -> ",restrict=on";
            case RESTRICTED ->
                ",restrict=on,guestfwd=tcp:10.0.2.100:5000-cmd:socat -t 30 STDIO TCP:" + address(image.registry());
            case OPEN -> "";
        };
    }

    /** Where a registry answers; the usual one has another name for it. */
    private static String address(String registry) {
        String host = registry.equals(DOCKER_HUB) ? "registry-1." + DOCKER_HUB : registry;
        return host.matches(".*:[0-9]{1,5}") ? host : host + USUAL_PORT;
    }
}
