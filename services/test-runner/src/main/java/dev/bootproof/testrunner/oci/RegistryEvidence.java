package dev.bootproof.testrunner.oci;

import dev.bootproof.events.EventJson;
import dev.bootproof.events.Fault;
import dev.bootproof.events.ImageRef;
import dev.bootproof.events.Names;
import dev.bootproof.events.PhaseResult;
import dev.bootproof.events.RunId;
import dev.bootproof.registry.Descriptor;
import dev.bootproof.registry.ManifestView;
import dev.bootproof.registry.Registry;
import dev.bootproof.registry.RegistryException;
import dev.bootproof.stage.StageFault;
import dev.bootproof.testrunner.Evidence;
import dev.bootproof.testrunner.EvidenceStore;
import dev.bootproof.testrunner.Pause;
import dev.bootproof.testrunner.PhaseOutcome;
import dev.bootproof.testrunner.PhaseWork;
import io.quarkus.logging.Log;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** Evidence as artifacts in a registry: one tag for each phase of a run, written once. */
final class RegistryEvidence implements EvidenceStore {
    /** The file that says what the phase means for the run, beside {@link Names#PHASE_RESULT}. */
    private static final String OUTCOME = "outcome.json";

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

    private final Registry registry;
    private final ImageRef repository;
    private final EvidenceFiles files;
    private final Duration patience;
    private final Clock clock;
    private final Pause pause;

    RegistryEvidence(
            Registry registry, ImageRef repository, EvidenceFiles files, Duration patience, Clock clock, Pause pause) {
        this.registry = registry;
        this.repository = repository;
        this.files = files;
        this.patience = patience;
        this.clock = clock;
        this.pause = pause;
    }

    @Override
    public Optional<PhaseOutcome> find(RunId run, int phase) {
        return patiently(List.of(), () -> kept(repository.tagged(Names.evidenceTag(run, phase))));
    }

    @Override
    public PhaseOutcome keep(PhaseWork work, PhaseOutcome outcome, Evidence evidence) {
        ImageRef tag = repository.tagged(Names.evidenceTag(work.runId(), work.number()));
        return patiently(List.of(outcome.result()), () -> {
            work.fence().run();
            return kept(tag)
                    .orElseGet(() -> files.with(
                            work, outcome, evidence, artifact -> outcome.withEvidence(registry.push(tag, artifact))));
        });
    }

    private Optional<PhaseOutcome> kept(ImageRef tag) {
        return registry.find(tag).map(manifest -> {
            PhaseResult result = read(manifest, Names.PHASE_RESULT, PhaseResult.class);
            Outcome outcome = read(manifest, OUTCOME, Outcome.class);
            return new PhaseOutcome(result, outcome.fault(), outcome.evidence())
                    .withEvidence(tag.at(manifest.digest()));
        });
    }

    private <T> T read(ManifestView manifest, String name, Class<T> type) {
        Descriptor layer = manifest.layers().stream()
                .filter(candidate -> Objects.equals(candidate.title(), name))
                .findFirst()
                .orElseThrow(() -> new StageFault(Fault.EVIDENCE_NOT_KEPT, "the artifact has no " + name));
        return EventJson.read(registry.bytes(repository, layer), type);
    }

    /** A registry that is away comes back; one that refuses does not change its mind. */
    private <T> T patiently(List<PhaseResult> phases, Supplier<T> attempt) {
        Instant giveUp = clock.instant().plus(patience);
        Duration next = FIRST_PAUSE;
        while (true) {
            try {
                return attempt.get();
            } catch (RegistryException e) {
                Log.warnf("the evidence store does not answer: %s", e.getMessage());
                boolean away = e.kind() == RegistryException.Kind.UNAVAILABLE;
                if (!away || !clock.instant().plus(next).isBefore(giveUp)) {
                    throw new StageFault(Fault.EVIDENCE_NOT_KEPT, String.valueOf(e.getMessage()), phases);
                }
                pause.take(next);
                next = next.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? next.multipliedBy(2) : LONGEST_PAUSE;
            }
        }
    }
}
