package dev.bootproof.stage;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** A service is ready when it has read the lease book to its end. */
@Readiness
@ApplicationScoped
class BookReady implements HealthCheck {
    private final LeaseBook book;

    BookReady(LeaseBook book) {
        this.book = book;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("lease book read to its end")
                .status(book.caughtUp())
                .build();
    }
}
