package dev.bootproof.chaos.accountant;

import java.time.Instant;
import java.util.List;

/**
 * Everything there is to be known of a lab after a storm, as plain data.
 *
 * @param readAt when it was read; nothing may be read later that is older
 * @param bus all records of all topics, each partition in its order
 * @param registry what lies in the registry under the lab's names
 * @param host processes, files and directories that are there
 * @param effects what the world saw
 * @param fired what the driver wrote
 * @param hazards the faults that were injected
 * @param notices what the webhook was told
 */
public record Books(
        Instant readAt,
        List<Line> bus,
        List<Stored> registry,
        List<Seen> host,
        List<Effect> effects,
        List<Fired> fired,
        List<Struck> hazards,
        List<Notice> notices) {
    public Books {
        bus = List.copyOf(bus);
        registry = List.copyOf(registry);
        host = List.copyOf(host);
        effects = List.copyOf(effects);
        fired = List.copyOf(fired);
        hazards = List.copyOf(hazards);
        notices = List.copyOf(notices);
    }

    /** The same books as if they had been read then. */
    Books readAt(Instant then) {
        return new Books(then, bus, registry, host, effects, fired, hazards, notices);
    }
}
