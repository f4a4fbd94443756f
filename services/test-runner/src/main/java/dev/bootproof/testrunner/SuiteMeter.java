package dev.bootproof.testrunner;

import dev.bootproof.events.SuiteResult;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;

/** Counts suites by how they went, and how long they took. */
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
}
