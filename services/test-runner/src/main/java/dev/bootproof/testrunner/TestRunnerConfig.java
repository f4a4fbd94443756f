package dev.bootproof.testrunner;

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

    /** Registries, as in a reference, that speak plain HTTP; loopback hosts always do. */
    Optional<Set<String>> plainHttp();
}
