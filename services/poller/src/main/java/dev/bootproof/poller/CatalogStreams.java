package dev.bootproof.poller;

import dev.bootproof.catalog.Catalog;
import dev.bootproof.stage.BootproofConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;

/** The streams of the lab's catalog. */
@ApplicationScoped
class CatalogStreams {
    @Produces
    @Singleton
    Streams streams(BootproofConfig config) {
        Path catalog = config.catalog()
                .orElseThrow(() -> new IllegalStateException(
                        "no catalog is configured: say where it is in bootproof.catalog or BOOTPROOF_CATALOG"));
        return new Streams(Catalog.load(catalog, System.getenv()).streams());
    }
}
