package dev.bootproof.vmprovisioner.qemu;

import java.nio.file.Path;
import java.util.List;

/**
 * The line to the QEMU guest agent. Its socket is named relative to the working directory, as that of QEMU itself.
 *
 * @param socket the socket
 */
record AgentChannel(Path socket) implements Part {
    /** The name by which QEMU tells that the guest's end was opened. */
    static final String PORT = "agent-port";

    @Override
    public List<String> arguments() {
        return Part.words("-chardev socket,id=agent,server=on,wait=off,path=" + socket.getFileName()
                + " -device virtio-serial-pci"
                + " -device virtserialport,id=" + PORT + ",chardev=agent,name=org.qemu.guest_agent.0");
    }
}
