package dev.bootproof.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * This stream now points at this digest. A person may write {@code {"image":"..."}} and nothing else; disk-builder
 * completes the rest.
 *
 * @param image what to test; the only field that must be there
 * @param digest what the tag said; resolved when the event is taken, where it is missing
 * @param plan the name of a plan in the catalog; the stream's own, else the default, where it is missing
 * @param stream the watched stream, where the poller writes
 * @param generation how often the stream has moved, where the poller writes
 * @param trigger what made the writer write; {@code manual} where it is missing
 * @param change the change of source code that the image was made from, where it is known
 * @param keep how long the machine is kept for somebody to look at after the verdict
 * @param suites the only suites of the plan to run; all of them where it is missing
 * @param canary whether the run is to tell how the lab is, not the image
 */
public record DigestChanged(
        ImageRef image,
        @Nullable Digest digest,
        @Nullable String plan,
        @Nullable String stream,
        @Nullable Long generation,
        @Nullable Trigger trigger,
        @Nullable Change change,
        @Nullable Duration keep,
        @Nullable List<String> suites,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean canary)
        implements Event {
    /** The longest that a machine is kept. */
    public static final Duration LONGEST_KEPT = Duration.ofHours(24);

    public DigestChanged {
        Required.field("image", image, "name the image to test, as in {\"image\":\"ghcr.io/org/os:tag\"}");
        if (keep != null && (keep.isNegative() || keep.compareTo(LONGEST_KEPT) > 0)) {
            throw new MalformedEvent("keep", "\"keep\" is " + keep + ": write a duration of at most " + LONGEST_KEPT);
        }
        suites = suites == null ? null : List.copyOf(suites);
    }

    /** An image that nobody else knows more about. */
    public DigestChanged(
            ImageRef image,
            @Nullable Digest digest,
            @Nullable String plan,
            @Nullable String stream,
            @Nullable Long generation,
            @Nullable Trigger trigger) {
        this(image, digest, plan, stream, generation, trigger, null, null, null);
    }

    /** An image that tells of itself, not of the lab. */
    public DigestChanged(
            ImageRef image,
            @Nullable Digest digest,
            @Nullable String plan,
            @Nullable String stream,
            @Nullable Long generation,
            @Nullable Trigger trigger,
            @Nullable Change change,
            @Nullable Duration keep,
            @Nullable List<String> suites) {
        this(image, digest, plan, stream, generation, trigger, change, keep, suites, false);
    }

    /** The same, as the lab's canary. */
    public DigestChanged asCanary() {
        return new DigestChanged(image, digest, plan, stream, generation, trigger, change, keep, suites, true);
    }

    /** The run of this event, written at this place of the topic. */
    public RunId runId(int partition, long offset, long timestamp) {
        return RunId.of(image, cause(partition, offset, timestamp));
    }

    private Cause cause(int partition, long offset, long timestamp) {
        if (stream != null && generation != null && digest != null) {
            return new Cause.Announced(stream, generation, digest);
        }
        return new Cause.Typed(topic().topicName(), partition, offset, timestamp);
    }

    @Override
    public Topic topic() {
        return Topic.DIGEST_CHANGED;
    }

    @Override
    public String key() {
        return stream == null ? image.stream() : stream;
    }
}
