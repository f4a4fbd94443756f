package dev.bootproof.events;

import org.jspecify.annotations.Nullable;

/**
 * What a lease fixes for the whole run. Whoever finds the lease adopts this.
 *
 * @param image what was asked for
 * @param digest what the tag said: the verdict hangs here
 * @param platformDigest what boots: the disk's identity
 * @param plan the resolved plan
 * @param stream the stream, where the poller fired the run
 * @param generation the stream's generation, where the poller fired the run
 * @param trigger what fired the run
 */
public record Pins(
        ImageRef image,
        Digest digest,
        Digest platformDigest,
        Plan plan,
        @Nullable String stream,
        @Nullable Long generation,
        Trigger trigger) {
    public Pins {
        Required.fields("image", image, "digest", digest, "platformDigest", platformDigest);
        Required.fields("plan", plan, "trigger", trigger);
    }
}
