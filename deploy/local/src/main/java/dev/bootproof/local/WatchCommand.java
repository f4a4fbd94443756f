package dev.bootproof.local;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows all runs of the lab as they go. */
@Command(
        name = "watch",
        description = {
            "Show every run that goes on or is kept, one line each, until Ctrl-C.",
            "Where the output is no terminal, it is one line for each change."
        })
final class WatchCommand implements Callable<Integer> {
    private static final Duration TICK = Duration.ofMillis(500);
    private static final int RUNS = 50;

    private final Lab lab;
    private final Terminal terminal;

    @Option(names = "--until-idle", description = "End as soon as no run goes on.")
    private boolean untilIdle;

    WatchCommand(Lab lab, Terminal terminal) {
        this.lab = lab;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        MachinesView machines = MachinesView.of(lab.running());
        WatchBoard board = new WatchBoard(terminal);
        List<Story> stories = new KnownRuns(lab).newest(RUNS);
        board.show(stories, machines.latest(), lab.clock().instant());
        while (!untilIdle || !stories.stream().allMatch(Story::done)) {
            Patience.pause(TICK);
            try {
                stories = new KnownRuns(lab).newest(RUNS);
                board.show(stories, machines.latest(), lab.clock().instant());
            } catch (Trouble e) {
                board.interrupted(e);
            }
        }
        return 0;
    }
}
