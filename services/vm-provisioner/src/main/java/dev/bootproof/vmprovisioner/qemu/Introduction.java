package dev.bootproof.vmprovisioner.qemu;

import dev.bootproof.events.Access;
import dev.bootproof.events.DerivedKeys;
import dev.bootproof.vmprovisioner.Order;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Makes a running guest know the run's keys, where its plan says that the guest agent does that. */
final class Introduction {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int IN_NO_BOOT = -1;

    private final Order order;
    private final MachineFiles files;
    private final DerivedKeys keys;
    private int doneInBoot = IN_NO_BOOT;

    Introduction(Order order, MachineFiles files, DerivedKeys keys) {
        this.order = order;
        this.files = files;
        this.keys = keys;
    }

    /**
     * Introduces the lab to the guest, once in each of its boots.
     *
     * @param boot which boot of the machine
     * @return why it could not be done; empty when it was, or needs not be
     */
    synchronized Optional<String> inBoot(int boot) {
        if (order.machine().access() != Access.AGENT || doneInBoot == boot) {
            return Optional.empty();
        }
        try (GuestAgent agent = GuestAgent.connect(files.agent(), PATIENCE)) {
            agent.introduce(Keys.of(keys, order.run()));
            doneInBoot = boot;
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
