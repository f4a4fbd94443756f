package dev.bootproof.janitor;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** What can be set about the janitor. */
@ConfigMapping(prefix = "janitor")
public interface JanitorConfig {
    /** How long a run is kept after its verdict, for people who want to look into its machine. */
    @WithDefault("PT0S")
    Duration grace();

    /** How often the lab's inventory is held against the lease book. */
    @WithDefault("PT30S")
    Duration sweepInterval();

    /** What is younger and of no run in the book is not swept: its lease may be on its way. */
    @WithDefault("PT60S")
    Duration minimumAge();

    /** How long a killed machine may take to end. */
    @WithDefault("PT10S")
    Duration killPatience();

    /** How long to wait after a removal that failed; doubled each time, up to half a minute. */
    @WithDefault("PT5S")
    Duration retryBackoff();

    /** Registries that speak plain HTTP, besides those on loopback. */
    Optional<Set<String>> plainHttp();

    /** How long a golden disk is kept after its last use. */
    @WithDefault("P7D")
    Duration keepDisks();

    /** How much room golden disks may take together; the longest unused go first. */
    @WithDefault("50G")
    MemorySize keepDiskBytes();
}
