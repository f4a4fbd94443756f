package dev.bootproof.local;

import dev.bootproof.events.EventJson;
import dev.bootproof.events.MachineState;
import dev.bootproof.events.MachineState.Power;
import dev.bootproof.events.MalformedEvent;
import dev.bootproof.events.RunId;
import dev.bootproof.events.Topic;
import dev.bootproof.events.VmReady;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Finds the machine of a run that can be logged in to.
 *
 * @param state a lab that is up
 */
record LiveMachine(LabState state) {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final int OK = 200;

    /**
     * Where the machine of this phase answers; that of the newest phase where none is named.
     *
     * @throws Trouble saying why there is none
     */
    VmReady of(RunId run, @Nullable Integer phase) {
        List<VmReady> machines =
                new BusScan(state.address(Part.BROKER)).all(Topic.VM_READY, entry -> machine(entry, run));
        VmReady machine = machines.stream()
                .filter(ready -> phase == null || ready.phase() == phase)
                .max(Comparator.comparingInt(VmReady::phase))
                .orElseThrow(() -> Trouble.usage(
                        "no machine of " + run + (phase == null ? "" : ", phase " + phase + ",") + " has come up",
                        "./bootproof show " + run + " says how far it is"));
        Optional<MachineState> now = ask(machine.machine());
        if (now.isEmpty()) {
            throw gone(run, "is gone: it is removed with its run");
        }
        if (now.get().power() != Power.RUNNING) {
            throw gone(
                    run,
                    "does not run: " + now.get().power().word() + " "
                            + now.get().detail());
        }
        return machine;
    }

    private static Trouble gone(RunId run, String sentence) {
        return Trouble.usage(
                "the machine of " + run + " " + sentence.strip(),
                "./bootproof rerun " + run + " --keep 30m keeps the next one after its verdict");
    }

    private static Optional<VmReady> machine(ConsumerRecord<String, byte[]> entry, RunId run) {
        if (!run.value().equals(entry.key()) || entry.value() == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(EventJson.read(entry.value(), VmReady.class));
        } catch (MalformedEvent e) {
            return Optional.empty();
        }
    }

    private static Optional<MachineState> ask(URI machine) {
        try {
            var connection = (HttpURLConnection) machine.toURL().openConnection();
            connection.setConnectTimeout((int) LIMIT.toMillis());
            connection.setReadTimeout((int) LIMIT.toMillis());
            return connection.getResponseCode() == OK
                    ? Optional.of(EventJson.read(connection.getInputStream().readAllBytes(), MachineState.class))
                    : Optional.empty();
        } catch (IOException e) {
            throw Trouble.lab("vm-provisioner does not answer: " + e.getMessage(), "./bootproof status says more");
        }
    }
}
