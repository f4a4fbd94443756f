package dev.bootproof.testrunner;

import dev.bootproof.events.Isolation;
import dev.bootproof.events.SuiteResult;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Counts suites by how they went, how long they took, and how long their machines took to begin. */
@ApplicationScoped
class SuiteMeter {
    private final MeterRegistry meters;

    SuiteMeter(MeterRegistry meters) {
        this.meters = meters;
    }

    /** Counts this one, and gives it back. */
    SuiteResult count(SuiteResult suite) {
        String verdict = suite.verdict().word();
        meters.counter("bootproof.suites", "suite", suite.name(), "verdict", verdict)
                .increment();
        meters.timer("bootproof.suite.duration", "suite", suite.name()).record(suite.duration());
        return suite;
    }

    /** Notes how long it took until the machine was back for a suite. */
    void started(Isolation isolation, Duration took) {
        meters.timer("bootproof.suite.start", "isolation", isolation.word()).record(took);
    }
}
