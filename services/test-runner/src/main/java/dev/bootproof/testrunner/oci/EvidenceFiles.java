package dev.bootproof.testrunner.oci;

import dev.bootproof.events.EventJson;
import dev.bootproof.events.LocalLab;
import dev.bootproof.events.Names;
import dev.bootproof.registry.Artifact;
import dev.bootproof.testrunner.Content;
import dev.bootproof.testrunner.Evidence;
import dev.bootproof.testrunner.PhaseOutcome;
import dev.bootproof.testrunner.PhaseWork;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Writes evidence to files of the run, which a registry takes it from; removing the run removes them. */
final class EvidenceFiles {
    private static final String PREFIX = "dev.bootproof.";

    private final LocalLab lab;

    EvidenceFiles(LocalLab lab) {
        this.lab = lab;
    }

    /** Does something with the evidence as an artifact, whose files are gone afterwards. */
    <T> T with(PhaseWork work, PhaseOutcome outcome, Evidence evidence, Function<Artifact, T> use) {
        return with(
                work,
                Map.of(
                        Names.PHASE_RESULT,
                        EventJson.write(outcome.result()),
                        "outcome.json",
                        EventJson.write(new Outcome(outcome.fault(), outcome.evidence()))),
                evidence,
                use);
    }

    /** Does something with documents and evidence as an artifact, whose files are gone afterwards. */
    <T> T with(PhaseWork work, Map<String, byte[]> documents, Evidence evidence, Function<Artifact, T> use) {
        Path directory = lab.run(work.runId()).resolve("steps").resolve("evidence-p" + work.number());
        try {
            Files.createDirectories(directory);
            List<Artifact.File> written = write(directory, all(documents, evidence));
            try {
                List<Artifact.File> files = new ArrayList<>(written);
                evidence.pictures().forEach((name, file) -> files.add(new Artifact.File(name, mediaType(name), file)));
                return use.apply(new Artifact(Names.EVIDENCE_TYPE, files, annotations(work), null));
            } finally {
                remove(directory, written);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the evidence cannot be written to " + directory, e);
        }
    }

    private static Map<String, Content> all(Map<String, byte[]> documents, Evidence evidence) {
        Map<String, Content> all = new LinkedHashMap<>();
        documents.forEach((name, document) -> all.put(name, Content.of(document)));
        all.putAll(evidence.files());
        return all;
    }

    /** Files are numbered, so that no name from a guest becomes a name here. */
    private static List<Artifact.File> write(Path directory, Map<String, Content> contents) throws IOException {
        List<Artifact.File> files = new ArrayList<>();
        for (Map.Entry<String, Content> content : contents.entrySet()) {
            Path file = directory.resolve("file-" + files.size());
            Files.copy(content.getValue().stream(), file, StandardCopyOption.REPLACE_EXISTING);
            files.add(new Artifact.File(content.getKey(), mediaType(content.getKey()), file));
        }
        return files;
    }

    private static void remove(Path directory, List<Artifact.File> files) throws IOException {
        for (Artifact.File file : files) {
            Files.deleteIfExists(file.path());
        }
        Files.deleteIfExists(directory);
    }

    private static Map<String, String> annotations(PhaseWork work) {
        return Map.of(
                PREFIX + "run", work.runId().value(),
                PREFIX + "phase", String.valueOf(work.number()),
                PREFIX + "digest", work.pins().digest().value(),
                PREFIX + "platform-digest", work.pins().platformDigest().value(),
                PREFIX + "disk", work.event().inputs().identity());
    }

    private static String mediaType(String name) {
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "json" -> "application/json";
            case "png" -> "image/png";
            case "xml" -> "application/xml";
            default -> "text/plain";
        };
    }
}
