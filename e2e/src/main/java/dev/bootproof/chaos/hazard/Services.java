package dev.bootproof.chaos.hazard;

import java.util.List;
import java.util.random.RandomGenerator;

/** The six services, as the lab calls them. */
final class Services {
    static final List<String> ALL =
            List.of("poller", "disk-builder", "vm-provisioner", "test-runner", "publisher", "janitor");

    private Services() {}

    /** Any of these. */
    static <T> T any(List<T> choice, RandomGenerator random) {
        return choice.get(random.nextInt(choice.size()));
    }
}
