package dev.bootproof.diskbuilder;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** The service is ready when it has a catalog; mistakes in a newer one are shown here until they are mended. */
@Readiness
@ApplicationScoped
class CatalogReady implements HealthCheck {
    private final Catalogs catalogs;

    CatalogReady(Catalogs catalogs) {
        this.catalogs = catalogs;
    }

    @Override
    public HealthCheckResponse call() {
        String mistakes = catalogs.mistakes();
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("catalog").status(catalogs.usable());
        return mistakes.isEmpty()
                ? answer.build()
                : answer.withData("mistakes", mistakes).build();
    }
}
