package dev.bootproof.testrunner.oci;

import dev.bootproof.events.ImageRef;
import dev.bootproof.events.LocalLab;
import dev.bootproof.registry.Registry;
import dev.bootproof.registry.RegistryOptions;
import dev.bootproof.stage.BootproofConfig;
import dev.bootproof.stage.Stopping;
import dev.bootproof.testrunner.EvidenceStore;
import dev.bootproof.testrunner.StepStore;
import dev.bootproof.testrunner.TestRunnerConfig;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;

/** The registry that evidence goes to, by configuration. */
class RegistryBeans {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    @Produces
    @Singleton
    Registry registry(TestRunnerConfig config) {
        return new Registry(new RegistryOptions(config.plainHttp().orElse(Set.of()), TIMEOUT));
    }

    void close(@Disposes Registry registry) {
        registry.close();
    }

    @Produces
    @Singleton
    Patience patience(TestRunnerConfig config, Clock clock, Stopping stopping) {
        return new Patience(config.evidencePatience(), clock, stopping::pause);
    }

    @Produces
    @Singleton
    EvidenceStore store(Registry registry, BootproofConfig bootproof, LocalLab lab, Patience patience) {
        return new RegistryEvidence(registry, repository(bootproof), new EvidenceFiles(lab), patience);
    }

    @Produces
    @Singleton
    StepStore steps(Registry registry, BootproofConfig bootproof, LocalLab lab, Patience patience) {
        return new RegistrySteps(registry, repository(bootproof), new EvidenceFiles(lab), patience);
    }

    private static ImageRef repository(BootproofConfig bootproof) {
        return ImageRef.parse(bootproof
                .evidenceRepository()
                .orElseThrow(() -> new IllegalStateException(
                        "bootproof.evidence-repository is not set: name the repository that evidence goes to")));
    }
}
