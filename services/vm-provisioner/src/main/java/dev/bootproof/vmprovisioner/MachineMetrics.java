package dev.bootproof.vmprovisioner;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;

/** How many machines there are and what is promised to them. */
@Startup
@Singleton
class MachineMetrics {
    MachineMetrics(MeterRegistry metrics, Machines machines, Rooms rooms) {
        Gauge.builder("bootproof.machines.alive", machines, MachineMetrics::alive)
                .description("machines that run")
                .register(metrics);
        Gauge.builder("bootproof.memory.promised", rooms, all -> (double) (all.promisedMiB() << 20))
                .description("memory that is promised to machines and not used yet")
                .baseUnit(BaseUnits.BYTES)
                .register(metrics);
    }

    private static double alive(Machines machines) {
        return machines.all().stream()
                .filter(machine -> machine.story().alive())
                .count();
    }
}
