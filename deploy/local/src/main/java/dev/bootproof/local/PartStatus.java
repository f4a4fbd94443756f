package dev.bootproof.local;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a part of the lab is.
 *
 * @param part its name
 * @param state {@code ready}, {@code starting} where it runs but is not ready, {@code stopped}
 * @param address host and port; null where none is chosen
 * @param pid its process, or null
 * @param log its log
 */
record PartStatus(
        String part,
        String state,
        @Nullable String address,
        @Nullable Long pid,
        String log) {
    static final String READY = "ready";

    /** How all parts are, asked at once. */
    static List<PartStatus> all(Lab lab) {
        LabState state = lab.state();
        return Arrays.stream(Part.values())
                .parallel()
                .map(part -> of(part, state, lab.home()))
                .toList();
    }

    private static PartStatus of(Part part, LabState state, Home home) {
        String address = state.port(part) == 0 ? null : state.address(part);
        return state.running(part)
                .map(running -> new PartStatus(
                        part.word(),
                        Health.ready(part, state) ? READY : "starting",
                        address,
                        running.process().pid(),
                        home.log(part).toString()))
                .orElseGet(() -> new PartStatus(
                        part.word(), "stopped", address, null, home.log(part).toString()));
    }

    boolean ready() {
        return state.equals(READY);
    }
}
