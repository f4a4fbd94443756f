package dev.bootproof.janitor;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Says when the lab was last swept, and what keeps it from being swept; a note, because restarting helps nobody. */
@Readiness
@ApplicationScoped
class SweepHealth implements HealthCheck {
    private final Rounds rounds;

    SweepHealth(Rounds rounds) {
        this.rounds = rounds;
    }

    @Override
    public HealthCheckResponse call() {
        Rounds.State state = rounds.state();
        return HealthCheckResponse.named("lab swept")
                .withData("last", state.at().toString())
                .withData("degraded", state.trouble())
                .up()
                .build();
    }
}
