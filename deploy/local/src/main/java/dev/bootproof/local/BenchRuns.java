package dev.bootproof.local;

import dev.bootproof.events.Digest;
import dev.bootproof.events.RunId;
import dev.bootproof.events.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Runs of the demo OS, one after the other or two at a time.
 *
 * @param lab a lab that is up
 * @param terminal where it is told
 * @param bus what is heard of them
 */
record BenchRuns(Lab lab, Terminal terminal, BenchBus bus) {
    private static final Duration LIMIT = Duration.ofMinutes(10);

    /** Publishes a new digest and measures it from the push to the last of its cleanup. */
    BenchRun fresh(BenchTable table) {
        table.heading("a new digest, from push to nothing left");
        Path _ = new DemoImage(lab.home(), lab.installation()).layout(terminal);
        Instant before = lab.clock().instant();
        Digest digest = new Demo(lab, Terminal.silent()).publish();
        Instant pushed = lab.clock().instant();
        BenchRun run = await(() -> bus.all().stream()
                .filter(known -> known.done() != null
                        && digest.equals(known.done().event().digest()))
                .filter(BenchRun::gone)
                .findFirst());
        table.figure("push", Duration.between(before, pushed));
        Instant asked = run.asked() == null ? pushed : run.asked();
        table.figure("push to event", Duration.between(pushed, asked));
        table.figure("event to promise (tag resolved, lease written)", run.taken());
        table.figure("disk", run.disk());
        table.figure("hop to vm-provisioner", run.toVm());
        table.figure("boot to SSH", run.boot());
        table.figure("clone, credentials, event", run.provisioning());
        table.figure("hop to test-runner", run.toRunner());
        table.figure("suite, by the guest's clock", run.suites());
        table.figure("login, file check, evidence, verdict", run.collecting());
        table.figure("event to verdict, in all", run.total());
        table.figure("cleanup, from when it was due", run.cleanup());
        return run;
    }

    /** The same digest again and again: its disk is there. */
    List<BenchRun> cached(int times, BenchTable table) {
        table.heading(times + " runs of a digest whose disk is there");
        List<BenchRun> measured = new ArrayList<>();
        for (int n = 1; n <= times; n++) {
            terminal.passing("  run " + n + " of " + times);
            measured.add(end(List.of(fire())).getFirst());
        }
        table.quantiles("event to verdict", Quantiles.of(measured, BenchRun::total));
        table.quantiles("boot to SSH", Quantiles.of(measured, BenchRun::boot));
        table.quantiles("suite, by the guest's clock", Quantiles.of(measured, BenchRun::suites));
        table.quantiles("overhead: all that is none of these", Quantiles.of(measured, BenchRun::overhead));
        table.quantiles("  event to promise", Quantiles.of(measured, BenchRun::taken));
        table.quantiles("  disk found", Quantiles.of(measured, BenchRun::found));
        table.quantiles("  hop to vm-provisioner", Quantiles.of(measured, BenchRun::toVm));
        table.quantiles("  clone, credentials, event", Quantiles.of(measured, BenchRun::provisioning));
        table.quantiles("  hop to test-runner", Quantiles.of(measured, BenchRun::toRunner));
        table.quantiles("  login, file check, evidence, verdict", Quantiles.of(measured, BenchRun::collecting));
        return measured;
    }

    /** Two at once, as a machine with room for two does. */
    void sideBySide(BenchTable table) {
        table.heading("two runs side by side");
        BenchRun alone = end(List.of(fire())).getFirst();
        List<BenchRun> both = end(List.of(fire(), fire()));
        table.figure("one alone, event to verdict", alone.total());
        Quantiles times = Quantiles.of(both, BenchRun::total);
        table.figure("two at once, the second to end", times.sorted().getLast());
    }

    private RunId fire() {
        LabState state = lab.running();
        String image = state.address(Part.REGISTRY) + "/demo-os:latest";
        return new Fire(state.address(Part.BROKER)).send(Fire.event(image, null, null, null));
    }

    private List<BenchRun> end(List<RunId> runs) {
        return runs.stream()
                .map(run -> await(() -> Optional.of(bus.run(run.value())).filter(BenchRun::over)))
                .map(BenchRuns::passed)
                .toList();
    }

    private static BenchRun passed(BenchRun run) {
        BenchRun.Done done = run.done();
        if (done == null || done.event().verdict() != Verdict.PASSED) {
            throw Trouble.lab(
                    "a run did not pass: " + (done == null ? "" : done.event().reason()), "./bootproof runs");
        }
        return run;
    }

    private static BenchRun await(Supplier<Optional<BenchRun>> known) {
        if (!Patience.until(LIMIT, () -> known.get().isPresent())) {
            throw Trouble.lab("a run did not end in " + LIMIT.toMinutes() + " minutes", "./bootproof runs shows it");
        }
        return known.get().orElseThrow();
    }
}
