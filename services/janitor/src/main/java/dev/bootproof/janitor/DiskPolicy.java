package dev.bootproof.janitor;

import dev.bootproof.events.CleanupDue;
import dev.bootproof.events.CleanupDue.State;
import dev.bootproof.events.Lease;
import dev.bootproof.events.Pins;
import dev.bootproof.janitor.DiskStore.GoldenDisk;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which golden disks may go: those unused for too long, then the longest unused until the rest fits. A disk that a live
 * lease names stays whatever it costs.
 *
 * @param keep how long a disk is kept after its last use
 * @param room how many bytes all disks may take together
 * @param minimumAge what is younger stays
 */
record DiskPolicy(Duration keep, long room, Duration minimumAge) {
    /** What may go, longest unused first. */
    List<GoldenDisk> superfluous(List<GoldenDisk> disks, Collection<Lease> leases, Instant now) {
        long taken = disks.stream().mapToLong(GoldenDisk::bytes).sum();
        List<GoldenDisk> going = new ArrayList<>();
        List<GoldenDisk> candidates = disks.stream()
                .filter(disk -> !named(disk, leases))
                .filter(disk -> used(disk, leases).plus(minimumAge).isBefore(now))
                .sorted(Comparator.comparing(disk -> used(disk, leases)))
                .toList();
        for (GoldenDisk disk : candidates) {
            if (taken > room || used(disk, leases).plus(keep).isBefore(now)) {
                going.add(disk);
                taken -= disk.bytes();
            }
        }
        return going;
    }

    /** Whether a lease that is not released names this. */
    static boolean named(GoldenDisk disk, Collection<Lease> leases) {
        return leases.stream().filter(lease -> lease.state() != State.RELEASED).anyMatch(lease -> names(lease, disk));
    }

    /** When it was made, or when the book last says something about a run of it. */
    private static Instant used(GoldenDisk disk, Collection<Lease> leases) {
        Optional<Instant> last = leases.stream()
                .filter(lease -> names(lease, disk))
                .flatMap(lease -> lease.lines().stream())
                .map(CleanupDue::at)
                .max(Comparator.naturalOrder());
        return last.filter(at -> at.isAfter(disk.since())).orElse(disk.since());
    }

    /** By what it boots, or, as the empty disks of a plan, by how it was made. */
    private static boolean names(Lease lease, GoldenDisk disk) {
        Pins pins = lease.pins();
        return pins != null
                && (pins.platformDigest().equals(disk.platformDigest())
                        || pins.plan().disks().stream()
                                .anyMatch(planned -> planned.recipe().equals(disk.recipe())));
    }
}
