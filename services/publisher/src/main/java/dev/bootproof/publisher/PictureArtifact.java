package dev.bootproof.publisher;

import dev.bootproof.events.Digest;
import dev.bootproof.events.Names;
import dev.bootproof.events.SuiteResult;
import dev.bootproof.events.TestsDone;
import dev.bootproof.registry.Artifact;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A suite's picture as it lies in a registry: one PNG, and of which digest it is.
 *
 * @param done the verdict of its run
 * @param digest the tested digest
 * @param suite the suite
 * @param picture the file in the run's evidence
 */
record PictureArtifact(TestsDone done, Digest digest, SuiteResult suite, Evidence.Item picture) {
    static final String TYPE = "application/vnd.bootproof.screenshot.v1+json";
    static final String CREATED = "org.opencontainers.image.created";

    /** Does something with the artifact, whose file is gone afterwards. */
    void push(Evidence evidence, Consumer<Artifact> use) throws IOException {
        Path file = Files.createTempFile("bootproof-picture", ".png");
        try {
            try (InputStream bytes = evidence.open(picture)) {
                Files.copy(bytes, file, StandardCopyOption.REPLACE_EXISTING);
            }
            String name = Names.screenshotTag(done.image(), suite.name()) + ".png";
            var content = new Artifact.File(name, "image/png", file);
            use.accept(new Artifact(TYPE, List.of(content), annotations(), null));
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private Map<String, String> annotations() {
        Map<String, String> all = new TreeMap<>();
        all.put(CREATED, done.finishedAt().toString());
        all.put("dev.bootproof.run", done.runId().value());
        all.put("dev.bootproof.suite", suite.name());
        all.put("dev.bootproof.verdict", suite.verdict().word());
        all.put("dev.bootproof.stream", done.image().stream());
        all.put("dev.bootproof.digest", digest.value());
        return all;
    }
}
