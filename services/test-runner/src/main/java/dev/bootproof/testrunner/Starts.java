package dev.bootproof.testrunner;

import dev.bootproof.events.Fault;
import dev.bootproof.events.Isolation;
import dev.bootproof.events.SuitePlan;
import dev.bootproof.events.SuitePlan.Step;
import dev.bootproof.stage.StageFault;
import io.quarkus.logging.Log;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How the machine begins for a suite: as the suites before it left it, as it was when it was saved, or booted anew.
 *
 * <p>Failure: a machine that cannot be put back ends the phase; no suite runs in another machine than its plan says.
 */
final class Starts {
    private static final Duration SHORT = Duration.ofMinutes(1);

    private final Station station;
    private final Isolation isolation;
    private final SuiteMeter meter;
    private final Clock clock;

    Starts(Station station, SuiteMeter meter, Clock clock) {
        this.station = station;
        this.isolation = station.work().pins().plan().isolation();
        this.meter = meter;
        this.clock = clock;
    }

    /** What a suite sees of those before it. */
    Isolation isolation() {
        return isolation;
    }

    /** Whether a machine forgets what was done in it before this suite. */
    boolean forgets() {
        return isolation != Isolation.SHARED;
    }

    /**
     * Refuses steps that would be undone before a later suite.
     *
     * @throws StageFault naming the step
     */
    void check() {
        List<SuitePlan> plans = station.work().plan().suites();
        int last = lastSuite(plans);
        int from = isolation == Isolation.SNAPSHOT ? firstSuite(plans) : 0;
        for (int n = from; forgets() && n < last; n++) {
            if (plans.get(n).kind() != Step.SUITE && last > firstSuite(plans)) {
                throw new StageFault(
                        Fault.UNSUPPORTED,
                        "isolate: " + isolation.word() + " undoes the step "
                                + plans.get(n).name() + " before the suite "
                                + plans.get(last).name() + ": write isolate: shared");
            }
        }
    }

    private static int firstSuite(List<SuitePlan> plans) {
        int n = 0;
        while (n < plans.size() && plans.get(n).kind() != Step.SUITE) {
            n++;
        }
        return n;
    }

    private static int lastSuite(List<SuitePlan> plans) {
        int n = plans.size() - 1;
        while (n >= 0 && plans.get(n).kind() != Step.SUITE) {
            n--;
        }
        return n;
    }

    /** Whether this step is the first suite of its phase, which takes the machine as it came up. */
    boolean first(int step) {
        return step <= firstSuite(station.work().plan().suites());
    }

    /** Keeps the machine as it is, where it is to be put back later. */
    void save() {
        if (isolation == Isolation.SNAPSHOT) {
            station.work().fence().run();
            station.machine().save();
        }
    }

    /** Whether a suite runs or ran already, in a guest that may be out of reach for good. */
    boolean begun(SuitePlan plan) {
        if (plan.beside()) {
            return station.beside().begun(plan.name());
        }
        try {
            return station.guest()
                    .attempt(new Command(GuestScripts.line("has-begun", plan.name()), SHORT))
                    .map(answer -> answer.exit() == 0)
                    .orElse(false);
        } catch (StageFault e) {
            Log.infof(
                    "the machine is put back: %s runId=%s",
                    e.getMessage(), station.work().runId());
            return false;
        }
    }

    /** Puts the machine back for another suite, and says how long that took. */
    Duration again(SuitePlan plan) {
        station.work().fence().run();
        Instant began = clock.instant();
        station.guest().close();
        switch (isolation) {
            case SHARED -> {}
            case BOOT -> boot();
            case SNAPSHOT -> restore();
        }
        Duration took = Duration.between(began, clock.instant());
        Log.infof(
                "the machine is back for a suite suite=%s isolation=%s millis=%d runId=%s",
                plan.name(), isolation.word(), took.toMillis(), station.work().runId());
        meter.started(isolation, took);
        return took;
    }

    private void boot() {
        station.machine().fresh();
        station.bench().setUp(SampleRule.before(station.work(), 0));
    }

    /** The connection is made before the time is read: an emulated guest takes half a second for it. */
    private void restore() {
        station.machine().restore();
        station.guest().run(new Command("true", SHORT));
        Instant now = clock.instant();
        String time = "%d.%09d".formatted(now.getEpochSecond(), now.getNano());
        Answer answer = station.guest().run(new Command("date -s @" + time, SHORT));
        if (answer.exit() != 0) {
            throw new StageFault(Fault.SNAPSHOT_FAILED, "its clock cannot be set: " + answer.summary());
        }
    }
}
