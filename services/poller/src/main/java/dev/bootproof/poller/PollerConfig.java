package dev.bootproof.poller;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** What can be set about the poller. */
@ConfigMapping(prefix = "poller")
public interface PollerConfig {
    /** How often a stream is looked at that says nothing else in the catalog. */
    @WithDefault("PT60S")
    Duration interval();

    /** How long one request to a registry may take. */
    @WithDefault("PT10S")
    Duration timeout();

    /** How many looks may go to one registry at once. */
    @WithDefault("8")
    int looksPerRegistry();

    /** The longest pause between looks at a stream that cannot be looked at. */
    @WithDefault("PT15M")
    Duration longestPause();

    /** The file with the secret of the receiver for Distribution; {@code secrets/hook-distribution} without it. */
    Optional<Path> hooksSecretFile();

    /** How long one page of pull requests may take. */
    @WithDefault("PT20S")
    Duration githubTimeout();

    /** How long to wait before an errored run is fired again; doubled for the second time. */
    @WithDefault("PT1M")
    Duration retryBackoff();

    /** How often an errored run is fired again. */
    @WithDefault("2")
    int retries();

    /** How long after it ended a canary that did not pass is run again. */
    @WithDefault("PT15M")
    Duration canaryPause();

    /** After which time a pull request that was closed or lost its label is forgotten. */
    @WithDefault("PT168H")
    Duration forgetAfter();

    /** After which time an announced run that nobody took is announced again. */
    @WithDefault("PT10M")
    Duration lostAfter();
}
