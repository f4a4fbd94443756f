package dev.bootproof.poller;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Says how many streams there are and how many this replica watches; a note, because registries fail without us. */
@Readiness
@ApplicationScoped
class WatchHealth implements HealthCheck {
    private final CatalogStreams catalog;
    private final Watches watches;

    WatchHealth(CatalogStreams catalog, Watches watches) {
        this.catalog = catalog;
        this.watches = watches;
    }

    @Override
    public HealthCheckResponse call() {
        Streams streams = catalog.current();
        long watched = streams.all().stream()
                .filter(stream -> watches.report(stream.name()).isPresent())
                .count();
        return HealthCheckResponse.named("streams watched")
                .withData("streams", streams.all().size())
                .withData("watched", watched)
                .withData("mistakes in the catalog", catalog.mistakes())
                .up()
                .build();
    }
}
