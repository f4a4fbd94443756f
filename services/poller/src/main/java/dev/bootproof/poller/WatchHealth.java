package dev.bootproof.poller;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Says how many streams there are and how many this replica watches; a note, because registries fail without us. */
@Readiness
@ApplicationScoped
class WatchHealth implements HealthCheck {
    private final Streams streams;
    private final Watches watches;

    WatchHealth(Streams streams, Watches watches) {
        this.streams = streams;
        this.watches = watches;
    }

    @Override
    public HealthCheckResponse call() {
        long watched = streams.all().stream()
                .filter(stream -> watches.report(stream.name()).isPresent())
                .count();
        return HealthCheckResponse.named("streams watched")
                .withData("streams", streams.all().size())
                .withData("watched", watched)
                .up()
                .build();
    }
}
