package dev.bootproof.local;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the launcher remembers of a lab between two commands.
 *
 * @param startedAt when the lab came up, or null where it never did
 * @param ports who listens where, by name; kept when the lab is down
 * @param processes what was started, by name of the part
 */
record LabState(@Nullable Instant startedAt, Map<String, Integer> ports, Map<String, Started> processes) {
    /** A lab that never was up. */
    static final LabState NONE = new LabState(null, Map.of(), Map.of());

    LabState {
        ports = ports == null ? Map.of() : new TreeMap<>(ports);
        processes = processes == null ? Map.of() : new TreeMap<>(processes);
    }

    /**
     * A process that the launcher started.
     *
     * @param process which
     * @param startedAt when
     * @param fingerprint of its program and configuration; another one means that it must be started anew
     */
    record Started(OsProcess process, Instant startedAt, String fingerprint) {}

    /** The port of this part; 0 where none is chosen. */
    int port(Part part) {
        return ports.getOrDefault(part.word(), 0);
    }

    /** Host and port of this part. */
    String address(Part part) {
        return "127.0.0.1:" + port(part);
    }

    /** The part's process, where it lives. */
    Optional<Started> running(Part part) {
        return Optional.ofNullable(processes.get(part.word()))
                .filter(started -> started.process().alive());
    }

    LabState withPorts(Map<String, Integer> chosen) {
        return new LabState(startedAt, chosen, processes);
    }

    LabState with(Part part, Started started) {
        Map<String, Started> more = new TreeMap<>(processes);
        more.put(part.word(), started);
        return new LabState(startedAt == null ? started.startedAt() : startedAt, ports, more);
    }

    LabState without(Part part) {
        Map<String, Started> fewer = new TreeMap<>(processes);
        fewer.remove(part.word());
        return new LabState(fewer.isEmpty() ? null : startedAt, ports, fewer);
    }
}
