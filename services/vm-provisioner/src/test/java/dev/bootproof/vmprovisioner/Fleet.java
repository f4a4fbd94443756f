package dev.bootproof.vmprovisioner;

import dev.bootproof.events.Milestone;
import dev.bootproof.events.RunId;
import dev.bootproof.events.SshAddress;
import io.quarkus.test.junit.QuarkusTestProfile;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Machines that are up at once, or panic where their stream is the failing one; counted as they start. */
@Alternative
@Singleton
class Fleet implements Machines {
    static final String FAILING = "stream-7:";

    private final AtomicInteger most = new AtomicInteger();
    private final FakeMachines machines = new FakeMachines(machine -> machine.tell(
            machine.order().image().stream().contains(FAILING)
                    ? new Signal.Panicked("Attempted to kill init!")
                    : new Signal.Reached(Milestone.Name.TARGET)));

    @Override
    public StartResult start(Order order) {
        StartResult result = machines.start(order);
        most.accumulateAndGet(alive(), Math::max);
        return result;
    }

    private int alive() {
        return (int) machines.all().stream()
                .filter(machine -> machine.story().alive())
                .count();
    }

    /** The most that ran at a time. */
    int most() {
        return most.get();
    }

    /** The machine of this run goes, and nothing is left of it. */
    void end(RunId run) {
        find(run, 0).ifPresent(machine -> {
            machines.end(machine);
            machines.forget(machine);
        });
    }

    @Override
    public Optional<Machine> find(RunId run, int phase) {
        return machines.find(run, phase);
    }

    @Override
    public List<Machine> all() {
        return machines.all();
    }

    @Override
    public void onGone(Runnable listener) {
        machines.onGone(listener);
    }

    /** A guest that lets everybody in. */
    @Alternative
    @Singleton
    static class OpenDoor implements WayIn {
        @Override
        public Answer knock(RunId run, SshAddress address, Duration patience) {
            return new Answer.LetIn("sshd enabled by the image");
        }
    }

    /** A host with memory for all. */
    @Alternative
    @Singleton
    static class LargeHost implements HostMemory {
        @Override
        public long availableMiB() {
            return 1 << 20;
        }
    }

    /** The service with these, and with room for two machines. */
    public static final class Profile implements QuarkusTestProfile {
        @Override
        public Set<Class<?>> getEnabledAlternatives() {
            return Set.of(Fleet.class, OpenDoor.class, LargeHost.class);
        }

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("vm-provisioner.max-machines", "2");
        }
    }
}
