package dev.bootproof.events;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where an image is: registry, repository, and a tag or a digest. The registry is always named, because
 * guessing one tests somebody else's image.
 *
 * @param registry host, with a port where it is not the usual one
 * @param repository path within the registry
 * @param tag the tag, or null where only a digest is given
 * @param digest the pinned digest, or null where only a tag is given
 */
@JsonDeserialize(using = ImageRef.Text.class)
public record ImageRef(
        String registry,
        String repository,
        @Nullable String tag,
        @Nullable Digest digest) {
    /** The grammar of a reference: distribution/reference, with the registry made mandatory. */
    private static final Pattern FORM =
            Pattern.compile("(?<registry>(?:[a-zA-Z0-9.-]+|\\[[0-9a-fA-F:]+])(?::[0-9]{1,5})?)/"
                    + "(?<repository>[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*)"
                    + "(?::(?<tag>[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?(?:@(?<digest>sha256:[0-9a-f]{64}))?");

    /** A repository has at most 255 characters and a tag 128, as registries take them. */
    private static final int LONGEST = 1024;

    public ImageRef {
        if (tag == null && digest == null) {
            tag = "latest";
        }
    }

    /**
     * Reads {@code registry/repository[:tag][@digest]}; without tag and digest the tag is {@code latest}.
     *
     * @throws MalformedEvent with a sentence that says what is wrong
     */
    public static ImageRef parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (text.length() > LONGEST || !matcher.matches()) {
            throw new MalformedEvent(
                    "image", "\"" + text + "\" is not an image reference: write registry/repository:tag, all of it");
        }
        String registry = matcher.group("registry");
        if (!registry.contains(".") && !registry.contains(":") && !registry.equals("localhost")) {
            throw new MalformedEvent(
                    "image", "\"" + text + "\" names no registry: write its host first, as in ghcr.io/" + text);
        }
        String digest = matcher.group("digest");
        return new ImageRef(
                registry,
                matcher.group("repository"),
                matcher.group("tag"),
                digest == null ? null : new Digest(digest));
    }

    /** The same repository at exactly this digest, without a tag. */
    public ImageRef at(Digest pinned) {
        return new ImageRef(registry, repository, null, pinned);
    }

    /** The same repository under another tag. */
    public ImageRef tagged(String other) {
        return new ImageRef(registry, repository, other, null);
    }

    /** What a registry is asked for: the digest where there is one, else the tag. */
    public String reference() {
        return digest != null ? digest.value() : String.valueOf(tag);
    }

    /** The stream this image belongs to: registry, repository and tag, without a digest. */
    public String stream() {
        return registry + "/" + repository + (tag == null ? "" : ":" + tag);
    }

    @Override
    @JsonValue
    public String toString() {
        return stream() + (digest == null ? "" : "@" + digest);
    }

    /** On the wire it is one text: an object with our fields would pass by the grammar. */
    static final class Text extends StdDeserializer<ImageRef> {
        private static final long serialVersionUID = 1L;

        Text() {
            super(ImageRef.class);
        }

        @Override
        public ImageRef deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (!parser.hasToken(JsonToken.VALUE_STRING)) {
                throw new MalformedEvent("image", "\"image\" is no text: write \"registry/repository:tag\"");
            }
            return parse(parser.getText());
        }
    }
}
