package dev.bootproof.local;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Prints the names of the runs for a shell that completes one; nothing where the lab is not up. */
@Command(name = "run-names", hidden = true, description = "Print the names of the runs, for shells.")
final class RunNamesCommand implements Callable<Integer> {
    private static final int MOST = 100;

    private final Lab lab;
    private final Terminal terminal;

    RunNamesCommand(Lab lab, Terminal terminal) {
        this.lab = lab;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (lab.state().running(Part.PUBLISHER).isPresent()) {
            new KnownRuns(lab).newest(MOST).forEach(story -> terminal.out().println(story.runId()));
        }
        return 0;
    }
}
