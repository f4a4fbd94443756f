package dev.bootproof.diskbuilder;

import dev.bootproof.events.Fault;
import dev.bootproof.stage.StageFault;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.util.List;
import java.util.stream.Collectors;

/** The recipes that this builder has. */
@ApplicationScoped
class Recipes {
    private final List<DiskRecipe> recipes;

    Recipes(@Any Instance<DiskRecipe> recipes) {
        this.recipes = recipes.stream().toList();
    }

    /**
     * The recipe that a plan names.
     *
     * @throws StageFault unsupported
     */
    DiskRecipe named(String kind) {
        return recipes.stream()
                .filter(recipe -> recipe.kind().equals(kind))
                .findFirst()
                .orElseThrow(() -> new StageFault(
                        Fault.UNSUPPORTED, "this builder has no recipe called " + kind + ", it has " + all()));
    }

    private String all() {
        return recipes.stream().map(DiskRecipe::kind).sorted().collect(Collectors.joining(", "));
    }
}
