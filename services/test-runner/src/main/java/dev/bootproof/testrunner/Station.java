package dev.bootproof.testrunner;

import dev.bootproof.events.SuitePlan;
import java.nio.file.Path;

/**
 * What the steps of a phase work with.
 *
 * @param work the phase
 * @param machine its machine, from outside
 * @param guest its machine, from inside
 * @param bench where suites run in the guest
 * @param beside where suites run on this host
 * @param screens the pictures that suites asked for
 * @param directory what lies on this host for the phase
 */
record Station(
        PhaseWork work,
        Machine machine,
        PatientGuest guest,
        Bench bench,
        Beside beside,
        Screens screens,
        Path directory)
        implements AutoCloseable {
    /** Where a suite runs. */
    Place place(SuitePlan plan) {
        return plan.beside() ? beside : bench;
    }

    @Override
    public void close() {
        guest.close();
    }
}
