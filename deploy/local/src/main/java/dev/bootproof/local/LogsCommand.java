package dev.bootproof.local;

import dev.bootproof.events.RunId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what the parts of the lab say. */
@Command(
        name = "logs",
        description = {
            "Show what the parts of the lab say, in the order of time, each line with its part.",
            "The parts are broker, registry, poller, disk-builder, vm-provisioner, test-runner, publisher, janitor."
        })
final class LogsCommand implements Callable<Integer> {
    private static final Duration TICK = Duration.ofMillis(200);
    private static final int USUAL = 200;
    private static final int MOST = 100_000;

    private final Lab lab;
    private final Terminal terminal;

    @Parameters(
            arity = "0..*",
            paramLabel = "PART",
            description = "Only these parts; all where none is named.",
            completionCandidates = Part.Words.class)
    private List<String> parts = new ArrayList<>();

    @Option(
            names = {"-f", "--follow"},
            description = "Go on until Ctrl-C.")
    private boolean follow;

    @Option(
            names = "--run",
            paramLabel = "RUN",
            description = "Only what names this run; also from before the last restart.",
            completionCandidates = KnownRuns.Names.class)
    private @Nullable String run;

    @Option(names = "--console", description = "With --run: also the console of its machines.")
    private boolean console;

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "N",
            description = "At most so many messages of the past; 200, or with --run all.")
    private @Nullable Integer limit;

    LogsCommand(Lab lab, Terminal terminal) {
        this.lab = lab;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (console && run == null) {
            throw Trouble.usage("--console shows the machines of one run", "name it: --run RUN");
        }
        if (!lab.home().isLab()) {
            throw Trouble.usage("there is no lab at " + lab.home().directory(), "run ./bootproof up");
        }
        Set<Part> wanted = parts.isEmpty()
                ? EnumSet.allOf(Part.class)
                : EnumSet.copyOf(parts.stream().map(Part::named).toList());
        RunId named = run == null ? null : new KnownRuns(lab).run(run);
        int most = limit != null ? Math.max(0, limit) : run == null ? USUAL : MOST;
        LogPrinter printer = new LogPrinter(terminal);
        LogView view = LogView.of(lab, wanted, named);
        ConsoleView consoles = new ConsoleView(lab, console ? named : null);
        view.past(most).forEach(printer::print);
        consoles.past().forEach(printer::print);
        while (follow) {
            Patience.pause(TICK);
            view.next().forEach(printer::print);
            consoles.next().forEach(printer::print);
        }
        return 0;
    }
}
