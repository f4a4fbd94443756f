package dev.bootproof.chaos.hazard;

import java.util.List;
import java.util.stream.Stream;

/** What can happen to whole processes and records, at any moment. */
public final class PlainHazards {
    private static final List<String> SERVICES =
            List.of("poller", "disk-builder", "vm-provisioner", "test-runner", "publisher", "janitor");

    private static final List<String> ALL =
            Stream.concat(Stream.of("broker", "registry"), SERVICES.stream()).toList();

    private PlainHazards() {}

    /** All of them. */
    public static Stream<Hazard> all() {
        Stream<Hazard> compound = Stream.of(
                new Killed("kill-services", SERVICES),
                new Killed("power-cut", ALL),
                Killed.one("broker"),
                Killed.one("registry"),
                new Paused("broker"),
                new MachineKilled(),
                SaidAgain.now(),
                SaidAgain.late());
        return Stream.of(SERVICES.stream().map(Killed::one), SERVICES.stream().<Hazard>map(Paused::new), compound)
                .flatMap(it -> it);
    }
}
