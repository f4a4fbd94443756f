package dev.bootproof.poller.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bootproof.events.Digest;
import dev.bootproof.events.EventJson;
import dev.bootproof.events.ImageRef;
import dev.bootproof.events.MalformedEvent;
import dev.bootproof.poller.Outcome;
import dev.bootproof.poller.Registries.Built;
import dev.bootproof.poller.http.Asking.Reply;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Optional;

/**
 * What manifests say: which of an index is for a platform, and which commit an image was built from. What is read is
 * compared with the digest that names it.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/annotations.md">Annotations</a>
 */
final class Manifests {
    static final String TYPES = String.join(
            ", ",
            "application/vnd.oci.image.index.v1+json",
            "application/vnd.oci.image.manifest.v1+json",
            "application/vnd.docker.distribution.manifest.list.v2+json",
            "application/vnd.docker.distribution.manifest.v2+json");
    private static final String REVISION = "org.opencontainers.image.revision";

    private final Asking asking;

    Manifests(Asking asking) {
        this.asking = asking;
    }

    /** The same move with the manifest of this platform; an image that is no index is of every platform. */
    Outcome on(String platform, ImageRef image, Outcome.Moved moved) {
        return switch (read(image, moved.digest().value(), true)) {
            case Read.Bad(Outcome outcome) -> outcome;
            case Read.Good(JsonNode index) ->
                manifest(index, platform, moved.digest())
                        .map(digest -> (Outcome) new Outcome.Moved(moved.digest(), moved.etag(), digest))
                        .orElseGet(() -> new Outcome.NoPlatform(moved.digest() + " has no manifest for " + platform));
        };
    }

    private static Optional<Digest> manifest(JsonNode index, String platform, Digest own) {
        if (!index.path("manifests").isArray()) {
            return Optional.of(own);
        }
        for (JsonNode child : index.path("manifests")) {
            if (platform(child.path("platform"), platform)) {
                return digest(child);
            }
        }
        return Optional.empty();
    }

    /** Whoever names no variant takes any. */
    private static boolean platform(JsonNode platform, String wished) {
        String name = platform.path("os").asText() + "/"
                + platform.path("architecture").asText();
        String variant = platform.path("variant").asText("");
        return wished.equals(name) || wished.equals(name + "/" + variant);
    }

    private static Optional<Digest> digest(JsonNode descriptor) {
        try {
            return Optional.of(new Digest(descriptor.path("digest").asText()));
        } catch (MalformedEvent e) {
            return Optional.empty();
        }
    }

    /** The annotation of the index, of its first manifest, or the label in that one's config. */
    Built builtFrom(ImageRef pinned) {
        return builtFrom(pinned, true);
    }

    private Built builtFrom(ImageRef pinned, boolean outermost) {
        return switch (read(pinned, pinned.reference(), true)) {
            case Read.Bad(Outcome outcome) -> new Built.Unknown(outcome);
            case Read.Good(JsonNode manifest) -> {
                String revision = manifest.path("annotations").path(REVISION).asText("");
                yield revision.isEmpty() ? below(pinned, manifest, outermost) : new Built.From(revision);
            }
        };
    }

    private Built below(ImageRef pinned, JsonNode manifest, boolean outermost) {
        if (manifest.path("manifests").isArray()) {
            return digest(manifest.path("manifests").path(0))
                    .filter(child -> outermost)
                    .map(child -> builtFrom(pinned.at(child), false))
                    .orElseGet(Built.Unsaid::new);
        }
        Optional<Digest> config = digest(manifest.path("config"));
        if (config.isEmpty()) {
            return new Built.Unsaid();
        }
        return switch (read(pinned, config.get().value(), false)) {
            case Read.Bad(Outcome outcome) -> new Built.Unknown(outcome);
            case Read.Good(JsonNode read) -> label(read);
        };
    }

    private static Built label(JsonNode config) {
        String revision = config.path("config").path("Labels").path(REVISION).asText("");
        return revision.isEmpty() ? new Built.Unsaid() : new Built.From(revision);
    }

    private sealed interface Read {
        record Good(JsonNode json) implements Read {}

        record Bad(Outcome outcome) implements Read {}
    }

    private Read read(ImageRef image, String digest, boolean manifest) {
        Endpoint endpoint = Endpoint.of(image);
        URI address = manifest ? endpoint.manifest(digest) : endpoint.blob(digest);
        String accept = manifest ? TYPES : "*/*";
        return switch (asking.ask(
                endpoint, address, at -> HttpRequest.newBuilder(at).header("Accept", accept))) {
            case Reply.Bad(Outcome outcome) -> new Read.Bad(outcome);
            case Reply.Good(var answer) -> verified(answer.body(), digest);
        };
    }

    private static Read verified(byte[] body, String digest) {
        if (!Digest.of(body).value().equals(digest)) {
            return new Read.Bad(new Outcome.BadAnswer("the registry served other bytes than " + digest + " names"));
        }
        try {
            return new Read.Good(EventJson.mapper().readTree(body));
        } catch (IOException e) {
            return new Read.Bad(new Outcome.BadAnswer(digest + " is no JSON"));
        }
    }
}
