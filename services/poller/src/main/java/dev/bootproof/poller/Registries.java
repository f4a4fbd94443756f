package dev.bootproof.poller;

import dev.bootproof.events.Digest;
import dev.bootproof.events.ImageRef;
import org.jspecify.annotations.Nullable;

/**
 * Where streams are looked at.
 *
 * <p>Failure: nothing is thrown; whatever goes wrong is an outcome.
 */
public interface Registries {
    /**
     * Asks what the image's tag points at now. Blocks for as long as a few requests may take.
     *
     * @param known what we know, to be told only of a change
     * @param platform the platform whose manifest counts, as {@code linux/amd64}; null where every change counts
     */
    Outcome look(ImageRef image, @Nullable Known known, @Nullable String platform);

    /** Asks which commit this pinned image says that it was built from. */
    Built builtFrom(ImageRef pinned);

    /**
     * What is known of a stream.
     *
     * @param digest what it pointed at
     * @param etag what the registry called that, where it said
     */
    record Known(Digest digest, @Nullable String etag) {}

    /** Which commit an image says that it was built from. */
    sealed interface Built {
        /**
         * It says so.
         *
         * @param commit the commit as the image writes it, which may be shortened
         */
        record From(String commit) implements Built {}

        /** It does not say. */
        record Unsaid() implements Built {}

        /**
         * It could not be asked.
         *
         * @param outcome what came of it
         */
        record Unknown(Outcome outcome) implements Built {}
    }
}
