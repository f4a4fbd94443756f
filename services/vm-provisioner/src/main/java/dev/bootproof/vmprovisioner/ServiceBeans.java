package dev.bootproof.vmprovisioner;

import dev.bootproof.registry.Registry;
import dev.bootproof.registry.RegistryOptions;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** What the libraries of the contract do not make beans of. */
@Singleton
class ServiceBeans {
    @Produces
    @Singleton
    Registry registry() {
        return new Registry(RegistryOptions.defaults());
    }

    void close(@Disposes Registry registry) {
        registry.close();
    }
}
