package dev.bootproof.diskbuilder;

import dev.bootproof.events.DiskInputs;
import dev.bootproof.events.Fault;
import dev.bootproof.events.Recipe;
import dev.bootproof.events.Sample;
import dev.bootproof.stage.StageFault;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import java.util.List;

/** An empty disk, to be installed to. It is all hole: it takes no room until a machine writes to its clone. */
@ApplicationScoped
class BlankRecipe implements DiskRecipe {
    private static final String VERSION = "blank-1";

    @Override
    public String kind() {
        return "blank";
    }

    @Override
    public String builder(Recipe planned) {
        return VERSION;
    }

    @Override
    public List<Sample> make(DiskInputs inputs, Path directory, Deadline deadline) {
        int sizeMiB = inputs.recipe().sizeMiB();
        if (sizeMiB <= 0) {
            throw new StageFault(Fault.UNSUPPORTED, "an empty disk of no size: write sizeMiB in its recipe");
        }
        SparseFile.ofZeros(directory.resolve("disk.raw"), (long) sizeMiB << 20);
        return List.of();
    }
}
