package dev.bootproof.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bootproof.events.Access;
import dev.bootproof.events.Digest;
import dev.bootproof.events.DiskPlan;
import dev.bootproof.events.Download;
import dev.bootproof.events.Firmware;
import dev.bootproof.events.Isolation;
import dev.bootproof.events.Ledger;
import dev.bootproof.events.MachinePlan;
import dev.bootproof.events.Medium;
import dev.bootproof.events.Network;
import dev.bootproof.events.PhasePlan;
import dev.bootproof.events.Plan;
import dev.bootproof.events.Recipe;
import dev.bootproof.events.SuitePlan;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Makes a plan of its part of a catalog in which there is no mistake. */
final class PlanReader {
    private static final int RETRIES = 1;

    private final @Nullable Ledger ledger;
    private final TargetReader targets;

    PlanReader(@Nullable Ledger ledger, TargetReader targets) {
        this.ledger = ledger;
        this.targets = targets;
    }

    Plan plan(String name, JsonNode plan) {
        Recipe recipe = recipe(plan.path("recipe"));
        boolean direct = recipe.kind().equals("rootfs") && recipe.layout() == null;
        return new Plan(
                name,
                recipe,
                Fields.all(plan.path("phases"), phase -> phase(phase, direct)),
                Fields.duration(plan, "buildTimeout"),
                Fields.duration(plan, "maxWait"),
                Fields.all(plan.path("disks"), PlanReader::disk),
                plan.has("network") ? Network.of(plan.path("network").asText()) : null,
                plan.has("isolate") ? Isolation.of(plan.path("isolate").asText()) : null,
                ledger,
                Fields.all(plan.path("targets"), target -> targets.named(target.asText())));
    }

    private static DiskPlan disk(JsonNode disk) {
        return new DiskPlan(
                disk.path("name").asText(), Recipe.blank(disk.path("sizeMiB").asInt()));
    }

    private static Recipe recipe(JsonNode recipe) {
        return new Recipe(
                recipe.path("kind").asText(),
                recipe.path("filesystem").asText("none"),
                recipe.path("sizeMiB").asInt(0),
                Fields.all(recipe.path("kernelArguments"), JsonNode::asText),
                Fields.text(recipe, "layout"),
                recipe.has("download") ? download(recipe.path("download")) : null);
    }

    private static Download download(JsonNode download) {
        return new Download(
                URI.create(download.path("url").asText()),
                new Digest(download.path("checksum").asText()));
    }

    private static PhasePlan phase(JsonNode phase, boolean direct) {
        return new PhasePlan(
                phase.path("name").asText(),
                phase.path("memoryMiB").asInt(),
                phase.path("cpus").asInt(),
                Fields.duration(phase, "bootTimeout"),
                Fields.all(phase.path("suites"), PlanReader::suite),
                machine(phase, direct));
    }

    private static @Nullable MachinePlan machine(JsonNode phase, boolean direct) {
        MachinePlan machine = new MachinePlan(
                Firmware.of(phase.path("firmware").asText(direct ? "direct" : "uefi")),
                phase.path("secureBoot").asBoolean(false),
                phase.path("tpm").asBoolean(false),
                Access.of(phase.path("access").asText("credentials")),
                Fields.all(phase.path("media"), PlanReader::medium));
        return machine.equals(MachinePlan.PLAIN) ? null : machine;
    }

    private static Medium medium(JsonNode medium) {
        return new Medium(
                medium.path("disk").asText(),
                Medium.Drive.of(medium.path("drive").asText("disk")));
    }

    /** A suite that failed is run once more where nothing else is said, to tell what is flaky. */
    private static SuitePlan suite(JsonNode suite) {
        boolean tests = suite.path("step").asText("suite").equals("suite");
        return new SuitePlan(
                suite.path("name").asText(),
                Fields.duration(suite, "timeout"),
                suite.has("step") ? SuitePlan.Step.of(suite.path("step").asText()) : null,
                Fields.text(suite, "command"),
                Fields.text(suite, "source"),
                suite.has("place") ? SuitePlan.Place.of(suite.path("place").asText()) : null,
                suite.path("retries").asInt(tests ? RETRIES : 0));
    }

    static @Nullable Ledger ledger(JsonNode root) {
        Ledger ledger = new Ledger(
                Fields.all(
                        root.path("knownFailures"),
                        known -> new Ledger.Known(
                                known.path("pattern").asText(),
                                URI.create(known.path("tracker").asText()),
                                Fields.day(known, "until"))),
                Fields.all(
                        root.path("newTests"),
                        fresh -> new Ledger.Fresh(fresh.path("pattern").asText(), Fields.day(fresh, "since"))));
        return ledger.equals(Ledger.EMPTY) ? null : ledger;
    }
}
