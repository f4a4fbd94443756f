package dev.bootproof.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures this lab, and the same work by hand beside it, in one run: figures of two runs on a busy machine differ. */
@Command(
        name = "bench",
        description = {
            "Measure the lab against the same work done by hand, and print figures.",
            "It starts the lab, publishes the demo OS, runs it again and again, and boots it without Bootproof.",
            "All of it takes a quarter of an hour without KVM; leave the machine alone meanwhile."
        })
final class BenchCommand implements Callable<Integer> {
    private final Lab lab;
    private final Terminal terminal;

    @Option(
            names = "--runs",
            defaultValue = "20",
            paramLabel = "N",
            description = "So many runs of a cached disk (default: ${DEFAULT-VALUE}).")
    private int runs = 20;

    @Option(
            names = "--only",
            paramLabel = "PART",
            split = ",",
            description = "Only these parts: ${COMPLETION-CANDIDATES}; may be repeated.")
    private List<Section> only = List.of();

    BenchCommand(Lab lab, Terminal terminal) {
        this.lab = lab;
        this.terminal = terminal;
    }

    /** What can be measured on its own. */
    enum Section {
        STARTS,
        DISK,
        RUNS,
        TWO,
        STREAMS
    }

    @Override
    public Integer call() {
        BenchTable table = new BenchTable(terminal);
        table.line(BenchHost.words());
        if (wanted(Section.STARTS)) {
            new BenchStarts(lab, terminal).measure(table);
        }
        if (wanted(Section.DISK) || wanted(Section.RUNS) || wanted(Section.TWO)) {
            new Up(lab, terminal).bring(EnumSet.allOf(Part.class));
            try (BenchBus bus = BenchBus.listen(lab.running().address(Part.BROKER))) {
                pipeline(table, new BenchRuns(lab, terminal, bus));
            }
        }
        if (wanted(Section.STREAMS)) {
            new BenchStreams(lab, terminal).measure(table);
        }
        return 0;
    }

    private void pipeline(BenchTable table, BenchRuns pipeline) {
        BenchRun first = pipeline.fresh(table);
        Path layout = new DemoImage(lab.home(), lab.installation()).layout(terminal);
        if (wanted(Section.DISK)) {
            Duration byHand = new BenchDisk(layout, terminal).measure(table);
            table.ratio("disk, Bootproof to by hand", first.disk(), byHand);
        }
        if (wanted(Section.RUNS)) {
            List<BenchRun> cached = pipeline.cached(runs, table);
            Duration bare = new BenchBoot(lab, first, terminal).measure(table);
            table.ratio(
                    "boot, Bootproof to bare QEMU",
                    Quantiles.of(cached, BenchRun::boot).median(),
                    bare);
        }
        if (wanted(Section.TWO)) {
            pipeline.sideBySide(table);
        }
    }

    private boolean wanted(Section section) {
        return only.isEmpty() || Set.copyOf(only).contains(section);
    }
}
