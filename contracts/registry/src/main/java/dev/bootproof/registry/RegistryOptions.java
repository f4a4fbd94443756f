package dev.bootproof.registry;

import java.time.Duration;
import java.util.Set;

/**
 * How registries are talked to.
 *
 * @param plainHttp registries, as in a reference, that speak plain HTTP; loopback hosts always do
 * @param timeout how long a registry may take to answer one request; an upload gets a second more for every MiB
 */
public record RegistryOptions(Set<String> plainHttp, Duration timeout) {
    public RegistryOptions {
        plainHttp = Set.copyOf(plainHttp);
    }

    /** Only loopback speaks plain HTTP; 30 seconds for an answer. */
    public static RegistryOptions defaults() {
        return new RegistryOptions(Set.of(), Duration.ofSeconds(30));
    }
}
