package dev.bootproof.local;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.bootproof.events.EventJson;
import dev.bootproof.events.MachineState;
import dev.bootproof.events.Milestone;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How far the boots of all machines are, as their owner says.
 *
 * @param owner its address
 */
record MachinesView(URI owner) {
    private static final Duration LIMIT = Duration.ofSeconds(2);

    static MachinesView of(LabState state) {
        return new MachinesView(URI.create("http://" + state.address(Part.VM_PROVISIONER) + "/machines"));
    }

    /** The last milestone of each machine, by run and phase; nothing where the owner does not answer. */
    Map<String, String> latest() {
        try {
            var connection = (HttpURLConnection) owner.toURL().openConnection();
            connection.setConnectTimeout((int) LIMIT.toMillis());
            connection.setReadTimeout((int) LIMIT.toMillis());
            List<MachineState> all =
                    EventJson.mapper().readValue(connection.getInputStream(), new TypeReference<>() {});
            Map<String, String> latest = new HashMap<>();
            all.forEach(machine -> latest.put(key(machine.runId().value(), machine.phase()), words(machine)));
            return latest;
        } catch (IOException e) {
            return Map.of();
        }
    }

    static String key(String run, int phase) {
        return run + "-p" + phase;
    }

    private static String words(MachineState machine) {
        List<Milestone> milestones = machine.milestones();
        return milestones.isEmpty() ? "" : milestones.getLast().name().word();
    }
}
