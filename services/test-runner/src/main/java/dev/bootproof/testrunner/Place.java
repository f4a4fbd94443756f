package dev.bootproof.testrunner;

import java.time.Duration;
import java.util.Map;

/**
 * Where suites run: in the guest, or on this host beside it.
 *
 * <p>Failure: a suite that was started goes on to its end or its time, and is found again by its name.
 */
interface Place {
    /** Starts a suite, unless it runs or ran already. */
    void start(Suite suite, Duration timeout, SuiteContext context);

    /**
     * Waits until the suite is done.
     *
     * @throws dev.bootproof.stage.StageFault when it does not end in its time, or is gone
     */
    SuiteEnd await(String suite, Duration timeout);

    /** What the suite left behind, by file name, each at most 2 MiB. */
    Map<String, Content> results(String suite);
}
