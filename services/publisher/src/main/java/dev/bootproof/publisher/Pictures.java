package dev.bootproof.publisher;

import dev.bootproof.events.Digest;
import dev.bootproof.events.ImageRef;
import dev.bootproof.events.Names;
import dev.bootproof.events.PhaseResult;
import dev.bootproof.events.SuiteResult;
import dev.bootproof.events.TestsDone;
import dev.bootproof.events.Verdict;
import dev.bootproof.registry.Descriptor;
import dev.bootproof.registry.ManifestView;
import dev.bootproof.registry.Registry;
import dev.bootproof.registry.RegistryException;
import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The newest picture of each suite of a stream, under a tag that stays: {@code <slug>-<suite>-latest} in the results
 * repository. It moves only for a suite that has an end, only while the stream still points at the tested digest, and
 * only forward in time.
 *
 * <p>Failure: what hinders it is logged, and the next run moves the tag.
 */
@ApplicationScoped
class Pictures {
    private static final int LONGEST_TAG = 128;
    private static final Set<Verdict> ENDED = Set.of(Verdict.PASSED, Verdict.FAILED);

    private final Registry registry;
    private final Evidence evidence;
    private final ImageRef repository;

    Pictures(Registry registry, Evidence evidence, PublisherConfig config) {
        this.registry = registry;
        this.evidence = evidence;
        this.repository = ImageRef.parse(config.resultsRepository());
    }

    /** The newest picture of a suite, or nothing where none was ever taken. */
    Optional<Evidence.Item> latest(String slug, String suite) {
        ImageRef tag = repository.tagged(slug + "-" + suite + "-latest");
        return registry.find(tag)
                .filter(alias -> PictureArtifact.TYPE.equals(alias.artifactType()))
                .flatMap(alias -> alias.layers().stream().findFirst())
                .map(layer -> new Evidence.Item(tag, layer));
    }

    /** Moves the tags of all suites of this run that may be moved. */
    void move(TestsDone done) {
        if (done.digest() == null || done.image().tag() == null || !ENDED.contains(done.verdict())) {
            return;
        }
        for (PhaseResult phase : done.phases()) {
            for (SuiteResult suite : phase.suites()) {
                if (ENDED.contains(suite.verdict())) {
                    tryMove(done, done.digest(), phase, suite);
                }
            }
        }
    }

    private void tryMove(TestsDone done, Digest digest, PhaseResult phase, SuiteResult suite) {
        try {
            Optional<Evidence.Item> picture = picture(evidence.files(phase), suite.name());
            ImageRef tag = repository.tagged(Names.screenshotTag(done.image(), suite.name()));
            if (picture.isPresent() && String.valueOf(tag.tag()).length() <= LONGEST_TAG) {
                move(new PictureArtifact(done, digest, suite, picture.get()), tag);
            }
        } catch (RegistryException | UncheckedIOException e) {
            Log.warnf("the picture of %s stays as it was runId=%s: %s", suite.name(), done.runId(), e.getMessage());
        }
    }

    private void move(PictureArtifact picture, ImageRef tag) {
        TestsDone done = picture.done();
        if (newer(tag, done.finishedAt())) {
            Log.infof("a newer picture is there already runId=%s tag=%s", done.runId(), tag);
            return;
        }
        try {
            picture.push(evidence, artifact -> {
                Digest now = registry.resolve(
                        done.image().tagged(String.valueOf(done.image().tag())));
                if (now.equals(picture.digest())) {
                    ImageRef moved = registry.push(tag, artifact);
                    Log.infof("picture moved runId=%s tag=%s picture=%s", done.runId(), tag, moved);
                } else {
                    Log.infof("the stream has moved on, its picture stays runId=%s tag=%s", done.runId(), tag);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException("the picture cannot be copied", e);
        }
    }

    /** The suite's last picture; of a suite that took none, the machine's screen at the end. */
    private static Optional<Evidence.Item> picture(List<Evidence.Item> files, String suite) {
        String steps = SuiteView.pictures(suite);
        return files.stream()
                .filter(file -> file.name().startsWith(steps) && file.name().endsWith(".png"))
                .max(Comparator.comparing(Evidence.Item::name))
                .or(() -> files.stream()
                        .filter(file -> file.name().equals("screenshot.png"))
                        .findFirst());
    }

    private boolean newer(ImageRef tag, Instant finishedAt) {
        return registry.find(tag)
                .map(ManifestView::annotations)
                .map(said -> said.get(PictureArtifact.CREATED))
                .filter(at -> !before(at, finishedAt))
                .isPresent();
    }

    private static boolean before(String at, Instant finishedAt) {
        try {
            return Instant.parse(at).isBefore(finishedAt);
        } catch (DateTimeException e) {
            return true;
        }
    }

    /** What browsers compare to see whether they have this picture. */
    static String etag(Descriptor picture) {
        return picture.digest().hex();
    }
}
