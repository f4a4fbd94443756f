package dev.bootproof.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bootproof.events.Change;
import dev.bootproof.events.MalformedEvent;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** What the parts of a catalog say of each other, and what fits together only in one way. */
final class ReferenceChecks {
    private static final Change EXAMPLE = new Change("owner/name", 1L, "0123456789abcdef0123456789abcdef01234567");

    /** The suite that looks for accidents on the console in every run. */
    private static final String CONSOLE = "console";

    private final YamlSource source;

    ReferenceChecks(YamlSource source) {
        this.source = source;
    }

    void check() {
        source.root().path("plans").properties().forEach(plan -> plan("/plans/" + YamlTree.escaped(plan.getKey())));
        each("/pullRequests", this::pullRequests);
        each("/knownFailures", known -> {
            pattern(known + "/pattern");
            day(known + "/until");
        });
        each("/newTests", fresh -> {
            pattern(fresh + "/pattern");
            day(fresh + "/since");
        });
        source.root().path("targets").properties().forEach(this::target);
    }

    private void plan(String plan) {
        recipe(plan + "/recipe");
        Set<String> disks = new TreeSet<>(Set.of("image"));
        each(plan + "/disks", disk -> {
            if (!disks.add(text(disk + "/name"))) {
                mistake(disk + "/name", "there is a disk called " + text(disk + "/name") + " already: rename one");
            }
        });
        each(plan + "/phases", phase -> phase(plan, phase, disks));
        each(plan + "/phases", phase -> new IsolationCheck(source).check(plan, phase));
        each(plan + "/targets", target -> {
            if (!source.root().path("targets").has(text(target))) {
                mistake(target, "there is no target called " + text(target) + ": write it under targets");
            }
        });
    }

    private void recipe(String recipe) {
        Set<String> needed = switch (text(recipe + "/kind")) {
            case "rootfs" -> Set.of("filesystem", "sizeMiB", "kernelArguments");
            case "blank" -> Set.of("sizeMiB");
            default -> Set.of();
        };
        for (String field : new TreeSet<>(needed)) {
            if (at(recipe + "/" + field).isMissingNode()) {
                mistake(
                        recipe,
                        "\"" + field + "\" is missing in " + name(recipe) + ": the recipe " + text(recipe + "/kind")
                                + " needs " + String.join(", ", new TreeSet<>(needed)));
            }
        }
    }

    private void phase(String plan, String phase, Set<String> disks) {
        boolean plain = text(plan + "/recipe/kind").equals("rootfs")
                && at(plan + "/recipe/layout").isMissingNode();
        if (text(phase + "/firmware").equals("direct") && !plain) {
            mistake(
                    phase + "/firmware",
                    "only a rootfs without layout has a kernel to boot directly: write uefi or bios");
        }
        boolean uefi = text(phase + "/firmware").equals("uefi")
                || (at(phase + "/firmware").isMissingNode() && !plain);
        if (at(phase + "/secureBoot").asBoolean(false) && !uefi) {
            mistake(phase + "/secureBoot", "Secure Boot is UEFI's: write firmware: uefi, or leave it out");
        }
        each(phase + "/media", medium -> {
            if (!disks.contains(text(medium + "/disk"))) {
                mistake(
                        medium + "/disk",
                        "the plan has no disk called " + text(medium + "/disk") + ": it has "
                                + String.join(", ", disks));
            }
        });
        each(phase + "/suites", this::suite);
    }

    private void suite(String suite) {
        if (text(suite + "/name").equals(CONSOLE)) {
            mistake(suite + "/name", "the lab's own look at the console is called so: choose another name");
        }
        boolean command = text(suite + "/step").equals("command");
        if (command == at(suite + "/command").isMissingNode()) {
            mistake(suite, name(suite) + " needs both step: command and a command, or neither");
        }
    }

    private void pullRequests(String requests) {
        String image = text(requests + "/image");
        if (!image.isEmpty()) {
            try {
                var _ = new PullRequests("owner/name", "label", image, "plan", null, null, null).imageOf(EXAMPLE);
            } catch (MalformedEvent e) {
                mistake(requests + "/image", String.valueOf(e.getMessage()));
            }
        }
    }

    private void target(Map.Entry<String, JsonNode> target) {
        if (target.getValue().path("kind").asText().equals("webhook")
                && !target.getValue().has("url")) {
            mistake(
                    "/targets/" + YamlTree.escaped(target.getKey()),
                    "the webhook " + target.getKey() + " has no url: write where it listens");
        }
    }

    private void pattern(String pointer) {
        try {
            var _ = Pattern.compile(text(pointer));
        } catch (PatternSyntaxException e) {
            mistake(pointer, text(pointer) + " is no regular expression: " + e.getDescription());
        }
    }

    private void day(String pointer) {
        try {
            if (!text(pointer).isEmpty()) {
                var _ = LocalDate.parse(text(pointer));
            }
        } catch (DateTimeException e) {
            mistake(pointer, text(pointer) + " is no day: write one of the calendar, as in 2026-12-31");
        }
    }

    private void each(String array, Consumer<String> check) {
        for (int n = 0; n < at(array).size(); n++) {
            check.accept(array + "/" + n);
        }
    }

    private JsonNode at(String pointer) {
        return source.root().at(pointer);
    }

    private String text(String pointer) {
        return at(pointer).asText();
    }

    private static String name(String pointer) {
        return pointer.substring(1).replace('/', '.');
    }

    private void mistake(String pointer, String sentence) {
        source.mistakes().add(source.line(pointer), sentence);
    }
}
