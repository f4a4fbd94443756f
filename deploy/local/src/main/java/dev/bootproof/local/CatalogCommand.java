package dev.bootproof.local;

import dev.bootproof.catalog.BadCatalog;
import dev.bootproof.catalog.Catalog;
import dev.bootproof.catalog.Mistake;
import dev.bootproof.catalog.WatchedStream;
import dev.bootproof.events.PhasePlan;
import dev.bootproof.events.Plan;
import dev.bootproof.events.SuitePlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Looks at catalogs. */
@Command(name = "catalog", description = "Look at a catalog: ./bootproof catalog check FILE.")
final class CatalogCommand {
    private static final String REGISTRY = "BOOTPROOF_REGISTRY";

    private final Lab lab;
    private final Terminal terminal;

    CatalogCommand(Lab lab, Terminal terminal) {
        this.lab = lab;
        this.terminal = terminal;
    }

    @Command(
            name = "check",
            description = "Find every mistake in a catalog at once, each with its line, and say what it means.",
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {"0:there is no mistake in it", "2:there are mistakes in it, or wrong usage"})
    int check(
            @Parameters(
                            paramLabel = "FILE",
                            arity = "0..1",
                            description = "the catalog; that of the lab where it is left out")
                    @Nullable
                    Path file,
            @Option(
                            names = {"-o", "--output"},
                            defaultValue = "text",
                            description = Bootproof.OUTPUT)
                    Output output) {
        Path catalog = file == null ? lab.installation().catalog(lab.home()) : file;
        try {
            good(catalog, Catalog.load(catalog, variables()), output);
            return 0;
        } catch (BadCatalog e) {
            bad(catalog, e.mistakes(), output);
            return Trouble.USAGE;
        }
    }

    /** What the lab would put in: the user's environment, and its own registry. */
    private Map<String, String> variables() {
        Map<String, String> variables = new HashMap<>(lab.user());
        LabState state = lab.state();
        int port = state.port(Part.REGISTRY) == 0 ? Part.REGISTRY.usualPort() : state.port(Part.REGISTRY);
        variables.putIfAbsent(REGISTRY, "127.0.0.1:" + port);
        return variables;
    }

    private void good(Path file, Catalog catalog, Output output) {
        if (output == Output.JSON) {
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("file", file.toString());
            all.put("mistakes", List.of());
            all.put("catalog", catalog);
            Report.json(terminal, all);
            return;
        }
        terminal.line(terminal.good("no mistakes") + " in " + file);
        catalog.plans().values().forEach(plan -> tell(plan, catalog.defaultPlan()));
        catalog.streams().forEach(this::tell);
        catalog.pullRequests()
                .forEach(requests -> terminal.line("  pull requests  %s labelled \"%s\" by %s"
                        .formatted(requests.repository(), requests.label(), requests.plan())));
    }

    private void tell(Plan plan, String usual) {
        terminal.line("  plan           %s%s: %s, %s"
                .formatted(
                        plan.name(),
                        plan.name().equals(usual) ? " (default)" : "",
                        plan.recipe().kind(),
                        plan.phases().stream().map(CatalogCommand::words).collect(Collectors.joining(", then "))));
    }

    private static String words(PhasePlan phase) {
        List<String> suites = phase.suites().stream().map(SuitePlan::name).toList();
        return phase.name() + " (" + phase.memoryMiB() + " MiB"
                + (suites.isEmpty() ? "" : ": " + String.join(", ", suites)) + ")";
    }

    private void tell(WatchedStream stream) {
        List<String> when = new ArrayList<>(List.of("when it moves"));
        stream.schedule().forEach(times -> when.add("at " + times));
        terminal.line(
                "  stream         %s by %s, %s".formatted(stream.name(), stream.plan(), String.join(" and ", when)));
    }

    private void bad(Path file, List<Mistake> mistakes, Output output) {
        if (output == Output.JSON) {
            Report.json(terminal, Map.of("file", file.toString(), "mistakes", mistakes));
            return;
        }
        mistakes.forEach(mistake ->
                terminal.line("%s:%d: %s".formatted(mistake.file(), mistake.line(), terminal.bad(mistake.sentence()))));
        terminal.line(mistakes.size() == 1 ? "one mistake" : mistakes.size() + " mistakes");
    }
}
