package dev.bootproof.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
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
 * @param change the change of source code that the image was made from, where it is known
 * @param keep how long the machine is kept after the verdict; null for not at all
 * @param canary whether the run is to tell how the lab is, not the image
 */
public record Pins(
        ImageRef image,
        Digest digest,
        Digest platformDigest,
        Plan plan,
        @Nullable String stream,
        @Nullable Long generation,
        Trigger trigger,
        @Nullable Change change,
        @Nullable Duration keep,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean canary) {
    public Pins {
        Required.fields("image", image, "digest", digest, "platformDigest", platformDigest);
        Required.fields("plan", plan, "trigger", trigger);
    }

    /** Pins of a run that tells of its image, not of the lab. */
    public Pins(
            ImageRef image,
            Digest digest,
            Digest platformDigest,
            Plan plan,
            @Nullable String stream,
            @Nullable Long generation,
            Trigger trigger,
            @Nullable Change change,
            @Nullable Duration keep) {
        this(image, digest, platformDigest, plan, stream, generation, trigger, change, keep, false);
    }

    /** Pins of a run of which nothing is kept. */
    public Pins(
            ImageRef image,
            Digest digest,
            Digest platformDigest,
            Plan plan,
            @Nullable String stream,
            @Nullable Long generation,
            Trigger trigger) {
        this(image, digest, platformDigest, plan, stream, generation, trigger, null, null);
    }
}
