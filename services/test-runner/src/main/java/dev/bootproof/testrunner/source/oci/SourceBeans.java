package dev.bootproof.testrunner.source.oci;

import dev.bootproof.events.LocalLab;
import dev.bootproof.registry.Registry;
import dev.bootproof.testrunner.TestRunnerConfig;
import dev.bootproof.testrunner.source.FetchedSuites;
import dev.bootproof.testrunner.source.SuiteCache;
import dev.bootproof.testrunner.source.git.GitSource;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** The sources of suites, by configuration. */
class SourceBeans {
    @Produces
    @Singleton
    FetchedSuites suites(Registry registry, TestRunnerConfig config, LocalLab lab, Clock clock) {
        Path directory = config.suitesCache().orElseGet(() -> lab.home().resolve("suites-cache"));
        long limit = config.suitesCacheLimit().asLongValue();
        return new FetchedSuites(
                List.of(new GitSource(config.sourcePatience(), clock), new OciSource(registry)),
                new SuiteCache(directory, limit, clock),
                lab);
    }
}
