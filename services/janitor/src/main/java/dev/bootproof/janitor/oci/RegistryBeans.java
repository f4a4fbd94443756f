package dev.bootproof.janitor.oci;

import dev.bootproof.events.ImageRef;
import dev.bootproof.janitor.FinishedSteps;
import dev.bootproof.janitor.JanitorConfig;
import dev.bootproof.registry.Registry;
import dev.bootproof.registry.RegistryOptions;
import dev.bootproof.stage.BootproofConfig;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;

/** The registry that evidence goes to, by configuration. */
class RegistryBeans {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    @Produces
    @Singleton
    Registry registry(JanitorConfig config) {
        return new Registry(new RegistryOptions(config.plainHttp().orElse(Set.of()), TIMEOUT));
    }

    void close(@Disposes Registry registry) {
        registry.close();
    }

    @Produces
    @Singleton
    FinishedSteps steps(Registry registry, BootproofConfig bootproof) {
        return new StepTags(registry, bootproof.evidenceRepository().map(ImageRef::parse));
    }
}
