package dev.bootproof.attestation;

import dev.bootproof.events.Digest;
import dev.bootproof.events.ImageRef;
import dev.bootproof.events.MalformedEvent;
import dev.bootproof.events.RunId;
import dev.bootproof.registry.Registry;
import dev.bootproof.registry.RegistryException;
import dev.bootproof.registry.RegistryException.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lets an image pass only with a signed verdict {@code passed} by a trusted key about exactly its digest. Of several
 * verdicts about a suite the one that was decided last counts, so a later failure shuts the gate again.
 *
 * <p>Failure: none is thrown; a registry that cannot be asked shuts the gate with {@link #LAB}.
 */
public final class Gate {
    /** Exit code of a verdict that is not there, not believed, or not {@code passed}. */
    public static final int CLOSED = 1;

    /** Exit code of a registry that could not be asked: nothing is said about the image. */
    public static final int LAB = 3;

    private final Registry registry;
    private final Attestations attestations;
    private final @Nullable ImageRef elsewhere;

    /**
     * @param registry access to registries
     * @param elsewhere the repository of verdicts about images of other registries, beside the image's own; or null
     */
    public Gate(Registry registry, @Nullable ImageRef elsewhere) {
        this.registry = registry;
        this.attestations = new Attestations(registry);
        this.elsewhere = elsewhere;
    }

    /** What the gate says. */
    public sealed interface Answer {
        /** One sentence for people. */
        String sentence();
    }

    /**
     * The image may pass.
     *
     * @param image the image, by digest
     * @param attestation the signed verdict that opened it, of several the oldest that counts
     * @param run its run
     * @param finishedAt when that was decided
     * @param keyId the key it is signed with
     * @param flaky how many tests passed only when run again
     * @param known how many tests failed as the catalog expects
     * @param sentence for people
     */
    public record Open(
            ImageRef image,
            ImageRef attestation,
            RunId run,
            Instant finishedAt,
            String keyId,
            int flaky,
            int known,
            String sentence)
            implements Answer {}

    /**
     * The image may not pass.
     *
     * @param sentence why not
     * @param exitCode {@link #CLOSED} or {@link #LAB}
     */
    public record Shut(String sentence, int exitCode) implements Answer {}

    /**
     * Asks about an image.
     *
     * @param image by digest; a tag is resolved first, and what it said is in the answer
     * @param suites the suites that must have passed; none for whatever the plan has
     * @param trusted the keys that are believed
     */
    public Answer ask(ImageRef image, List<String> suites, List<TrustedKey> trusted) {
        try {
            Digest digest = image.digest() == null ? registry.resolve(image) : image.digest();
            ImageRef pinned = image.at(digest);
            Evidence evidence = Evidence.of(found(pinned), digest, trusted);
            return new Ruling(pinned, evidence).about(suites);
        } catch (RegistryException e) {
            return e.kind() == Kind.NOT_FOUND
                    ? new Shut("the registry has no such image: " + e.getMessage(), CLOSED)
                    : new Shut("the registry cannot be asked: " + e.getMessage(), LAB);
        } catch (MalformedEvent e) {
            return new Shut("what lies in the registry cannot be read: " + e.getMessage(), CLOSED);
        }
    }

    private List<Attestations.Found> found(ImageRef pinned) {
        List<Attestations.Found> all = new ArrayList<>(attestations.about(pinned));
        if (elsewhere != null && pinned.digest() != null) {
            all.addAll(attestations.about(elsewhere.at(pinned.digest())));
        }
        return all;
    }
}
