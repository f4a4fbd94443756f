package dev.bootproof.testrunner.oci;

import dev.bootproof.events.EventJson;
import dev.bootproof.events.Fault;
import dev.bootproof.events.ImageRef;
import dev.bootproof.events.Names;
import dev.bootproof.registry.Descriptor;
import dev.bootproof.registry.ManifestView;
import dev.bootproof.registry.Registry;
import dev.bootproof.registry.RegistryException;
import dev.bootproof.stage.StageFault;
import dev.bootproof.testrunner.Content;
import dev.bootproof.testrunner.Evidence;
import dev.bootproof.testrunner.FinishedStep;
import dev.bootproof.testrunner.PhaseWork;
import dev.bootproof.testrunner.StepStore;
import io.quarkus.logging.Log;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finished steps as artifacts in a registry: the tag {@code <run>-p<phase>-s<step>}, written once. */
final class RegistrySteps implements StepStore {
    private static final String RECORD = "step.json";

    private final Registry registry;
    private final ImageRef repository;
    private final EvidenceFiles files;
    private final Patience patience;

    RegistrySteps(Registry registry, ImageRef repository, EvidenceFiles files, Patience patience) {
        this.registry = registry;
        this.repository = repository;
        this.files = files;
        this.patience = patience;
    }

    @Override
    public Optional<FinishedStep> find(PhaseWork work, int step) {
        return patience.ask(List.of(), () -> registry.find(tag(work, step)).map(this::read));
    }

    @Override
    public FinishedStep keep(PhaseWork work, int step, FinishedStep finished) {
        byte[] document = EventJson.write(new StepRecord(finished.result(), finished.boot()));
        return patience.ask(List.of(), () -> {
            work.fence().run();
            return registry.find(tag(work, step)).map(this::read).orElseGet(() -> {
                Map<String, byte[]> documents = Map.of(RECORD, document);
                files.with(work, documents, finished.evidence(), artifact -> registry.push(tag(work, step), artifact));
                return finished;
            });
        });
    }

    /** A registry that does not delete keeps them: they are small, and nobody reads them any more. */
    @Override
    public void remove(PhaseWork work, int count) {
        try {
            for (int step = 0; step < count; step++) {
                registry.delete(tag(work, step));
            }
        } catch (RegistryException e) {
            Log.infof("the steps of a phase stay in the registry: %s runId=%s", e.getMessage(), work.runId());
        }
    }

    private FinishedStep read(ManifestView manifest) {
        Evidence evidence = new Evidence();
        StepRecord record = null;
        for (Descriptor layer : manifest.layers()) {
            String name = String.valueOf(layer.title());
            byte[] bytes = registry.bytes(repository, layer);
            if (name.equals(RECORD)) {
                record = EventJson.read(bytes, StepRecord.class);
            } else {
                evidence.add(name, Content.of(bytes));
            }
        }
        if (record == null) {
            throw new StageFault(Fault.EVIDENCE_NOT_KEPT, repository + " has a step without " + RECORD);
        }
        return new FinishedStep(record.result(), record.boot(), evidence);
    }

    private ImageRef tag(PhaseWork work, int step) {
        return repository.tagged(Names.evidenceTag(work.runId(), work.number()) + "-s" + step);
    }
}
