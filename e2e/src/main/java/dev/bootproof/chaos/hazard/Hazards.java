package dev.bootproof.chaos.hazard;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** All that can go wrong with a lab. */
public final class Hazards {
    private Hazards() {}

    /** All of it, by name. */
    public static List<Hazard> all() {
        return Stream.of(PlainHazards.all(), ambushes(), moods(), disks(), others())
                .flatMap(it -> it)
                .toList();
    }

    /**
     * Those that are asked for, each by its name or by what its name begins with, as {@code ambush} or
     * {@code ambush-publisher}.
     *
     * @throws IllegalArgumentException naming what nothing is called
     */
    public static List<Hazard> named(List<String> names) {
        return names.stream().flatMap(Hazards::named).distinct().toList();
    }

    private static Stream<Hazard> named(String name) {
        List<Hazard> found = all().stream()
                .filter(hazard -> (hazard.name() + "-").startsWith(name + "-"))
                .toList();
        if (found.isEmpty()) {
            throw new IllegalArgumentException(
                    "there is no fault \"" + name + "\": --list-faults shows those there are");
        }
        return found.stream();
    }

    private static Stream<Hazard> ambushes() {
        return Stream.concat(
                AmbushPoints.ALL.stream().map(Ambush::at),
                Stream.of(
                        new KilledAfterEffect("vm-provisioner", "machine-started"),
                        new KilledAfterEffect("test-runner", "suite-started")));
    }

    private static Stream<Hazard> moods() {
        return Arrays.stream(Mood.values()).filter(mood -> mood != Mood.CALM).map(RegistryMood::new);
    }

    private static Stream<Hazard> disks() {
        return Stream.of(
                new FullDisk("store", "the filesystem of disks is full: nothing can be unpacked"),
                new FullDisk("runs", "the filesystem of runs is full: no clone can be made, no evidence written down"),
                new FullDisk("registry", "the filesystem of the registry is full: no evidence can be stored"));
    }

    private static Stream<Hazard> others() {
        return Stream.of(
                RestartedWith.restlessJanitor(),
                RestartedWith.greedyJanitor(),
                new ClockJump(),
                new FewDescriptors(),
                new SecondReplica(),
                new StrangersNumber(),
                new PausedPastLease());
    }
}
