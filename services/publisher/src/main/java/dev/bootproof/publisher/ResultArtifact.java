package dev.bootproof.publisher;

import dev.bootproof.events.Digest;
import dev.bootproof.events.Names;
import dev.bootproof.events.TestsDone;
import dev.bootproof.registry.Artifact;
import dev.bootproof.registry.Descriptor;
import dev.bootproof.registry.ManifestView;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a result looks like in a registry. */
final class ResultArtifact {
    private static final String ANNOTATION = "dev.bootproof.";

    private ResultArtifact() {}

    /**
     * The result to push.
     *
     * @param body the file with the verdict
     * @param subject what it refers to, where that can be referred to
     */
    static Artifact of(TestsDone done, Path body, @Nullable Descriptor subject) {
        var result = new Artifact.File(Names.RUN_RESULT, "application/json", body);
        return new Artifact(Names.RESULT_TYPE, List.of(result), annotations(done), subject);
    }

    /** The digest of the verdict that lies in this result. */
    static Optional<Digest> verdict(ManifestView result) {
        return result.layers().stream()
                .filter(layer -> Names.RUN_RESULT.equals(layer.title()))
                .map(Descriptor::digest)
                .findFirst();
    }

    private static Map<String, String> annotations(TestsDone done) {
        Map<String, String> all = new TreeMap<>();
        all.put("org.opencontainers.image.created", done.finishedAt().toString());
        all.put(ANNOTATION + "run", done.runId().value());
        all.put(ANNOTATION + "verdict", done.verdict().word());
        all.put(ANNOTATION + "reason", done.reason());
        all.put(ANNOTATION + "digest", String.valueOf(done.digest()));
        if (done.platformDigest() != null) {
            all.put(ANNOTATION + "platform-digest", done.platformDigest().value());
        }
        return all;
    }
}
