package dev.bootproof.janitor;

import dev.bootproof.events.Digest;
import dev.bootproof.events.Recipe;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The golden disks of the lab.
 *
 * <p>Failure: a store that cannot be listed is {@link Inventory.Unreadable}; a disk that cannot be removed stays whole
 * or is out of the store.
 */
public interface DiskStore {
    /** Every disk that is ready. */
    List<GoldenDisk> disks();

    /** Takes a disk out of the store, at once, and then removes it; one that was used meanwhile stays. */
    Inventory.Removal remove(GoldenDisk disk);

    /** Removes what was taken out of the store by a janitor that was killed before it had removed it. */
    List<Inventory.Removal> finish();

    /** How many things lie half made for longer than a day. */
    long staleWork();

    /**
     * A golden disk.
     *
     * @param identity its name
     * @param platformDigest what it boots
     * @param recipe how it was made, where it says so in a way that is known here
     * @param since when it was made, or marked as used the last time
     * @param bytes what it takes on disk
     */
    record GoldenDisk(
            String identity,
            Digest platformDigest,
            @Nullable Recipe recipe,
            Instant since,
            long bytes) {}
}
