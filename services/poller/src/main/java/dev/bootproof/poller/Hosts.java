package dev.bootproof.poller;

import dev.bootproof.events.ImageRef;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** How much is asked of each registry: only so much at once, and nothing while it wants to be left alone. */
@ApplicationScoped
class Hosts {
    private final Map<String, Semaphore> rooms = new ConcurrentHashMap<>();
    private final Map<String, Instant> limits = new ConcurrentHashMap<>();
    private final Registries registries;
    private final PollerConfig config;
    private final Clock clock;
    private final MeterRegistry metrics;

    Hosts(Registries registries, PollerConfig config, Clock clock, MeterRegistry metrics) {
        this.registries = registries;
        this.config = config;
        this.clock = clock;
        this.metrics = metrics;
    }

    /** Until when this registry is left alone, where it is. */
    Optional<Instant> limited(String registry) {
        return Optional.ofNullable(limits.get(registry)).filter(clock.instant()::isBefore);
    }

    /** Looks when there is room, counts what came of it, and remembers when the registry wants to be left alone. */
    Outcome look(ImageRef image, Registries.@Nullable Known known) {
        String registry = image.registry();
        Semaphore room = rooms.computeIfAbsent(registry, key -> new Semaphore(config.looksPerRegistry()));
        room.acquireUninterruptibly();
        try {
            Outcome outcome = registries.look(image, known);
            metrics.counter("bootproof.looks", "registry", registry, "outcome", outcome.word())
                    .increment();
            if (outcome instanceof Outcome.RateLimited limited) {
                limits.put(registry, clock.instant().plus(limited.retryAfter()));
            }
            return outcome;
        } finally {
            room.release();
        }
    }
}
