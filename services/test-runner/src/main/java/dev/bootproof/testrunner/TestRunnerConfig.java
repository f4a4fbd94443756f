package dev.bootproof.testrunner;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How this test-runner works. */
@ConfigMapping(prefix = "test-runner")
public interface TestRunnerConfig {
    /** The directory of the suites. */
    @WithDefault("suites")
    Path suites();

    /** What this lab vouches for to its suites, which then test it; {@code isolated-network} or {@code none}. */
    @WithDefault("isolated-network")
    List<String> promises();

    /** How long one attempt to enter a guest may take. */
    @WithDefault("30s")
    Duration connectTimeout();

    /** How long a guest whose machine runs may be out of reach; for a suite, its own time if that is longer. */
    @WithDefault("2m")
    Duration patience();

    /** How long the evidence store may be out of reach. */
    @WithDefault("90s")
    Duration evidencePatience();

    /** Where suites from git and registries are kept; {@code suites-cache} below the lab's home where not given. */
    Optional<Path> suitesCache();

    /** How much of them is kept; what was used in the last hour stays all the same. */
    @WithDefault("1G")
    MemorySize suitesCacheLimit();

    /** How long a repository may take to give a suite. */
    @WithDefault("2m")
    Duration sourcePatience();

    /** Registries, as in a reference, that speak plain HTTP; loopback hosts always do. */
    Optional<Set<String>> plainHttp();
}
