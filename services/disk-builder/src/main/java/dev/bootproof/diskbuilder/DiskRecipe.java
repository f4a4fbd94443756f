package dev.bootproof.diskbuilder;

import dev.bootproof.events.DiskInputs;
import dev.bootproof.events.Recipe;
import dev.bootproof.events.Sample;
import dev.bootproof.stage.StageFault;
import java.nio.file.Path;
import java.util.List;

/**
 * A way to make a disk of an image.
 *
 * <p>Failure: a {@link StageFault}; what lies in the directory is then of no use and nobody will look at it.
 */
interface DiskRecipe {
    /** The word for it in a plan. */
    String kind();

    /**
     * Its version together with those of the tools it needs for this: whatever makes other bytes of the same image.
     *
     * @throws StageFault tool-missing
     */
    String builder(Recipe planned);

    /**
     * Makes {@code disk.raw}, for direct boot also {@code kernel} and {@code initrd}, and nothing else that stays.
     *
     * @param directory an empty directory
     * @return files of the image to compare in the guest
     */
    List<Sample> make(DiskInputs inputs, Path directory, Deadline deadline);
}
