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
import dev.bootproof.stage.NoLongerHeld;
import dev.bootproof.stage.StageFault;
import dev.bootproof.testrunner.Evidence;
import dev.bootproof.testrunner.EvidenceStore;
import dev.bootproof.testrunner.PhaseOutcome;
import dev.bootproof.testrunner.PhaseWork;
import io.quarkus.logging.Log;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Evidence as artifacts in a registry: one tag for each phase of a run, written once. */
final class RegistryEvidence implements EvidenceStore {
    /** The file that says what the phase means for the run, beside {@link Names#PHASE_RESULT}. */
    private static final String OUTCOME = "outcome.json";

    private final Registry registry;
    private final ImageRef repository;
    private final EvidenceFiles files;
    private final Patience patience;

    RegistryEvidence(Registry registry, ImageRef repository, EvidenceFiles files, Patience patience) {
        this.registry = registry;
        this.repository = repository;
        this.files = files;
        this.patience = patience;
    }

    @Override
    public Optional<PhaseOutcome> find(RunId run, int phase) {
        return patience.ask(List.of(), () -> kept(run, repository.tagged(Names.evidenceTag(run, phase))));
    }

    @Override
    public PhaseOutcome keep(PhaseWork work, PhaseOutcome outcome, Evidence evidence) {
        ImageRef tag = repository.tagged(Names.evidenceTag(work.runId(), work.number()));
        return patience.ask(List.of(outcome.result()), () -> {
            work.fence().run();
            return kept(work.runId(), tag)
                    .orElseGet(() -> files.with(
                            work, outcome, evidence, artifact -> outcome.withEvidence(registry.push(tag, artifact))));
        });
    }

    /** An artifact without an outcome is of a boot that ended the run: whoever booted it says the verdict, not we. */
    private Optional<PhaseOutcome> kept(RunId run, ImageRef tag) {
        return registry.find(tag).map(manifest -> {
            Outcome outcome = layer(manifest, OUTCOME)
                    .map(layer -> read(layer, Outcome.class))
                    .orElseThrow(() -> {
                        Log.infof("its boot ended the run, by the evidence in %s runId=%s", tag, run);
                        return new NoLongerHeld(run);
                    });
            PhaseResult result = layer(manifest, Names.PHASE_RESULT)
                    .map(layer -> read(layer, PhaseResult.class))
                    .orElseThrow(() -> new StageFault(Fault.EVIDENCE_NOT_KEPT, tag + " has no " + Names.PHASE_RESULT));
            return new PhaseOutcome(result, outcome.fault(), outcome.evidence())
                    .withEvidence(tag.at(manifest.digest()));
        });
    }

    private static Optional<Descriptor> layer(ManifestView manifest, String name) {
        return manifest.layers().stream()
                .filter(candidate -> Objects.equals(candidate.title(), name))
                .findFirst();
    }

    private <T> T read(Descriptor layer, Class<T> type) {
        return EventJson.read(registry.bytes(repository, layer), type);
    }
}
