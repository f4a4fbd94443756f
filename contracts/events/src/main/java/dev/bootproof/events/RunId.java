package dev.bootproof.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The name of a run: a readable slug of at most 24 characters, a dash, and 12 hex digits of the SHA-256 of its cause.
 * Names of machines, disks, tags and checks derive from it, so it is at most 40 characters and a valid DNS label.
 *
 * @param value the name
 */
public record RunId(@JsonValue String value) {
    private static final Pattern FORM = Pattern.compile("[a-z0-9]+(?:-[a-z0-9]+)*-[0-9a-f]{12}");
    private static final int LONGEST = 40;
    private static final int LONGEST_SLUG = 24;
    private static final int HASH_DIGITS = 12;

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public RunId {
        if (!isOne(value)) {
            throw new MalformedEvent("runId", "\"" + value + "\" is not a run id: write slug-0123456789ab");
        }
    }

    /** Whether this text is a run id. */
    public static boolean isOne(String text) {
        return text.length() <= LONGEST && FORM.matcher(text).matches();
    }

    /** The run of this image that has this cause. */
    public static RunId of(ImageRef image, Cause cause) {
        return new RunId(slug(image) + "-" + Digest.of(cause.text()).hex().substring(0, HASH_DIGITS));
    }

    /** The readable part: last path segment and tag, in lower case, everything else a dash. */
    public static String slug(ImageRef image) {
        String name = image.repository().substring(image.repository().lastIndexOf('/') + 1);
        String wished = image.tag() == null ? name : name + "-" + image.tag();
        String plain = wished.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        String shortened = plain.length() > LONGEST_SLUG ? plain.substring(0, LONGEST_SLUG) : plain;
        String trimmed = shortened.replaceAll("^-+|-+$", "");
        return trimmed.isEmpty() ? "image" : trimmed;
    }

    @Override
    public String toString() {
        return value;
    }
}
