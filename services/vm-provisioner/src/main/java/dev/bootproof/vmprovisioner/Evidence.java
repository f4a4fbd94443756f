package dev.bootproof.vmprovisioner;

import dev.bootproof.events.EventJson;
import dev.bootproof.events.ImageRef;
import dev.bootproof.events.LocalLab;
import dev.bootproof.events.MalformedEvent;
import dev.bootproof.events.Names;
import dev.bootproof.events.PhaseResult;
import dev.bootproof.events.RunId;
import dev.bootproof.registry.Artifact;
import dev.bootproof.registry.ManifestView;
import dev.bootproof.registry.Registry;
import dev.bootproof.registry.RegistryException;
import dev.bootproof.stage.BootproofConfig;
import io.quarkus.logging.Log;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Keeps what is left of a boot that ended its run, before the machine goes.
 *
 * <p>Failure: a registry that is down takes the evidence but not the verdict; the result then names no evidence.
 */
@Singleton
class Evidence {
    private final Registry registry;
    private final LocalLab lab;
    private final Optional<ImageRef> repository;

    Evidence(Registry registry, LocalLab lab, BootproofConfig config) {
        this.registry = registry;
        this.lab = lab;
        this.repository = config.evidenceRepository().map(ImageRef::parse);
    }

    /** Stores the console, the screen and this result; what an earlier try stored stays and is named. */
    PhaseResult keep(Machine machine, PhaseResult result) {
        return repository
                .map(place -> place.tagged(Names.evidenceTag(machine.run(), machine.phase())))
                .flatMap(tag -> store(tag, machine, result))
                .map(result::withEvidence)
                .orElse(result);
    }

    /** What came of the phases before this one, as far as it can be had. */
    List<PhaseResult> earlier(RunId run, int phase) {
        return IntStream.range(0, phase)
                .mapToObj(n -> repository.flatMap(place -> stored(place.tagged(Names.evidenceTag(run, n)))))
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<ImageRef> store(ImageRef tag, Machine machine, PhaseResult result) {
        try {
            Optional<ManifestView> earlier = registry.find(tag);
            return Optional.of(
                    earlier.isPresent()
                            ? tag.at(earlier.get().digest())
                            : registry.push(
                                    tag, new Artifact(Names.EVIDENCE_TYPE, files(machine, result), Map.of(), null)));
        } catch (RegistryException | UncheckedIOException e) {
            Log.errorf(e, "evidence not kept runId=%s phase=%d", machine.run(), machine.phase());
            return Optional.empty();
        }
    }

    private List<Artifact.File> files(Machine machine, PhaseResult result) {
        Path directory = lab.phase(machine.run(), machine.phase());
        List<Artifact.File> files = new ArrayList<>();
        files.add(file(directory, Names.PHASE_RESULT, "application/json", EventJson.write(result)));
        files.add(file(directory, "console.log", "text/plain", machine.console()));
        machine.screenshot()
                .map(png -> file(directory, "screenshot.png", "image/png", png))
                .ifPresent(files::add);
        return files;
    }

    private static Artifact.File file(Path directory, String name, String mediaType, byte[] content) {
        Path path = directory.resolve("evidence-" + name);
        try {
            Files.write(path, content);
        } catch (IOException e) {
            throw new UncheckedIOException(path + " could not be written", e);
        }
        return new Artifact.File(name, mediaType, path);
    }

    private Optional<PhaseResult> stored(ImageRef tag) {
        try {
            return registry.find(tag).flatMap(view -> result(tag.at(view.digest()), view));
        } catch (RegistryException | MalformedEvent e) {
            Log.warnf(e, "the result of an earlier phase could not be read tag=%s", tag);
            return Optional.empty();
        }
    }

    private Optional<PhaseResult> result(ImageRef place, ManifestView view) {
        return view.layers().stream()
                .filter(layer -> Names.PHASE_RESULT.equals(layer.title()))
                .findFirst()
                .map(layer -> EventJson.read(registry.bytes(place, layer), PhaseResult.class))
                .map(result -> result.withEvidence(place));
    }
}
