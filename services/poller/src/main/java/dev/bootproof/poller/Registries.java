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
     * Asks what the image's tag points at now. Blocks for as long as a request may take.
     *
     * @param known what we know, to be told only of a change
     */
    Outcome look(ImageRef image, @Nullable Known known);

    /**
     * What is known of a stream.
     *
     * @param digest what it pointed at
     * @param etag what the registry called that, where it said
     */
    record Known(Digest digest, @Nullable String etag) {}
}
