package dev.bootproof.local;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The processes that a lab consists of, in the order in which they start. */
enum Part {
    BROKER(9092),
    REGISTRY(5000),
    POLLER(8081),
    DISK_BUILDER(8082),
    VM_PROVISIONER(8083),
    TEST_RUNNER(8084),
    PUBLISHER(8085),
    JANITOR(8086);

    private final int usualPort;

    Part(int usualPort) {
        this.usualPort = usualPort;
    }

    /** Where people look first; the lab takes another where this one is taken. */
    int usualPort() {
        return usualPort;
    }

    /** The name by which people and directories call it. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether it is one of the six services, rather than something they stand on. */
    boolean service() {
        return this != BROKER && this != REGISTRY;
    }

    static List<Part> services() {
        return Arrays.stream(values()).filter(Part::service).toList();
    }

    /**
     * The part of this name.
     *
     * @throws Trouble where there is none
     */
    static Part named(String word) {
        return Arrays.stream(values())
                .filter(part -> part.word().equals(word))
                .findFirst()
                .orElseThrow(() -> Trouble.usage("the lab has no part \"" + word + "\"", "its parts are " + all()));
    }

    static String all() {
        return Arrays.stream(values()).map(Part::word).collect(Collectors.joining(", "));
    }

    /** The names of all, for shells. */
    static final class Words implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(values()).map(Part::word).iterator();
        }
    }
}
