package dev.bootproof.testrunner;

import dev.bootproof.events.DerivedKeys;
import dev.bootproof.events.LocalLab;
import dev.bootproof.events.RunId;
import dev.bootproof.events.VmReady;
import dev.bootproof.stage.Stopping;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import java.time.Clock;

/** Makes the stations of phases. */
@ApplicationScoped
class Stations {
    private final Guests guests;
    private final Machines machines;
    private final DerivedKeys keys;
    private final LocalLab lab;
    private final TestRunnerConfig config;
    private final Clock clock;
    private final Stopping stopping;

    Stations(
            Guests guests,
            Machines machines,
            DerivedKeys keys,
            LocalLab lab,
            TestRunnerConfig config,
            Clock clock,
            Stopping stopping) {
        this.guests = guests;
        this.machines = machines;
        this.keys = keys;
        this.lab = lab;
        this.config = config;
        this.clock = clock;
        this.stopping = stopping;
    }

    /** The station of this phase. */
    Station of(PhaseWork work) {
        VmReady event = work.event();
        RunId run = work.runId();
        // Not the phase's own directory: the machine's owner empties that for a fresh boot.
        Path directory = lab.run(run).resolve("steps").resolve("p" + work.number());
        Machine machine = machines.of(work);
        PatientGuest guest = new PatientGuest(
                () -> guests.enter(run, event.ssh()), machine, config.patience(), clock, stopping::pause);
        Screens screens = new Screens(machine, directory.resolve("screens"));
        SshFiles ssh = new SshFiles(keys.user(run), keys.host(run), event.ssh(), directory.resolve("ssh"));
        String path = System.getenv().getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin");
        Beside beside = new Beside(directory.resolve("beside"), ssh, event.machine(), path);
        return new Station(work, machine, guest, new Bench(guest, screens), beside, screens, directory);
    }
}
