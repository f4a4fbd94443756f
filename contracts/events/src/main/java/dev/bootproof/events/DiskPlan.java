package dev.bootproof.events;

/**
 * A disk of a run beside that of the image, as an empty one to install to. Phases name it in their media.
 *
 * @param name its name in the plan
 * @param recipe how it is made
 */
public record DiskPlan(String name, Recipe recipe) {
    public DiskPlan {
        Required.fields("name", name, "recipe", recipe);
        if (name.equals(Medium.IMAGE)) {
            throw new MalformedEvent("name", "\"image\" is the disk of the plan's own recipe: choose another name");
        }
    }
}
