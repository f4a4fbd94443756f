package dev.bootproof.publisher;

import dev.bootproof.registry.Registry;
import dev.bootproof.registry.RegistryOptions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Set;

/** The access to registries as a bean. */
@ApplicationScoped
class Registries {
    @Produces
    @Singleton
    Registry registry(PublisherConfig config) {
        return new Registry(new RegistryOptions(Set.of(), config.patience()));
    }

    void close(@Disposes Registry registry) {
        registry.close();
    }
}
