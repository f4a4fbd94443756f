package dev.bootproof.vmprovisioner;

import dev.bootproof.events.DerivedKeys;
import dev.bootproof.events.Fault;
import dev.bootproof.vmprovisioner.ssh.TestDoor;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A boot watch for tests of the adapters. */
public final class TestWatch {
    private TestWatch() {}

    /**
     * What was seen.
     *
     * @param wayIn how the lab got in, or null
     * @param fault why it did not, or null
     * @param evidence what was said about it
     */
    public record Seen(@Nullable String wayIn, @Nullable Fault fault, String evidence) {}

    /** Watches a machine come up by real SSH. */
    public static Seen watch(Machine machine, DerivedKeys keys, Duration timeout) {
        Clock clock = Clock.systemUTC();
        BootWatch watch = new BootWatch(TestDoor.real(keys), new TestConfig(), clock);
        Seen seen = switch (watch.watch(machine, clock.instant().plus(timeout))) {
            case BootResult.Up(Machine it, String wayIn) -> new Seen(wayIn, null, "");
            case BootResult.Failed(Machine it, Fault fault, String evidence) -> new Seen(null, fault, evidence);
            case BootResult.Stalled(Machine it, String evidence) -> new Seen(null, Fault.BOOT_STALLED, evidence);
            case BootResult.NotStarted(Fault fault, String evidence) -> new Seen(null, fault, evidence);
        };
        Story story = machine.story();
        System.out.println(seen + " after "
                + Duration.between(machine.startedAt(), clock.instant()).toMillis() + " ms " + story.milestones());
        return seen;
    }
}
