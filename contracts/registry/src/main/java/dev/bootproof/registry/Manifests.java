package dev.bootproof.registry;

import dev.bootproof.events.Digest;
import dev.bootproof.events.ImageRef;
import dev.bootproof.registry.RegistryException.Kind;
import dev.bootproof.registry.Wire.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Manifests, tags and referrers of registries. */
final class Manifests {
    private static final int LARGEST = 4 << 20;
    private static final Pattern NEXT = Pattern.compile("<([^>]+)>\\s*;.*rel=\"?next\"?.*");
    private static final String DIGEST_HEADER = "docker-content-digest";
    private static final String SUBJECT_HEADER = "oci-subject";

    private final Wire wire;

    Manifests(Wire wire) {
        this.wire = wire;
    }

    Digest resolve(ImageRef ref) {
        String said =
                wire.head(ref, uri(ref), MediaTypes.ANY_MANIFEST).headers().get(DIGEST_HEADER);
        if (said == null || !said.startsWith("sha256:")) {
            return get(ref).digest();
        }
        Digest digest = new Digest(said);
        expect(ref, digest);
        return digest;
    }

    Manifest get(ImageRef ref) {
        return wire.retrying(() -> {
            Answer<InputStream> answer = wire.get(ref, uri(ref), MediaTypes.ANY_MANIFEST);
            byte[] body = whole(ref, answer.body(), LARGEST);
            expect(ref, Digest.of(body));
            return Manifest.of(ref.toString(), answer.headers().get("content-type"), body);
        });
    }

    Optional<Manifest> find(ImageRef ref) {
        return found(() -> get(ref));
    }

    boolean exists(ImageRef ref) {
        return found(() -> wire.head(ref, uri(ref), MediaTypes.ANY_MANIFEST)).isPresent();
    }

    /** Puts a manifest under a tag or digest; tells whether the registry lists it as a referrer by itself. */
    boolean put(ImageRef ref, String mediaType, byte[] body) {
        return wire.put(ref, uri(ref), mediaType, body).headers().containsKey(SUBJECT_HEADER);
    }

    /** Deletes a manifest by its digest, which also frees its tags. */
    void delete(ImageRef pinned) {
        wire.delete(pinned, uri(pinned));
    }

    List<String> tags(ImageRef repository) {
        return pages(repository, wire.uri(repository, "tags/list?n=1000"), "application/json", page -> {
                    List<String> names = new ArrayList<>();
                    page.json().path("tags").forEach(tag -> names.add(tag.asText()));
                    return names;
                })
                .orElse(List.of());
    }

    /** What the referrers API lists; empty where the registry has none. */
    Optional<List<Descriptor>> referrers(ImageRef subject) {
        return pages(
                subject,
                wire.uri(subject, "referrers/" + subject.digest()),
                MediaTypes.INDEX,
                page -> OciJson.view(page).manifests());
    }

    private <T> Optional<List<T>> pages(ImageRef ref, URI first, String accept, Function<Manifest, List<T>> items) {
        List<T> all = new ArrayList<>();
        @Nullable URI next = first;
        while (next != null) {
            URI page = next;
            Optional<Answer<InputStream>> answer = found(() -> wire.get(ref, page, accept));
            if (answer.isEmpty()) {
                return Optional.empty();
            }
            byte[] body = whole(ref, answer.get().body(), LARGEST);
            all.addAll(items.apply(Manifest.of(ref.toString(), accept, body)));
            next = next(page, answer.get().headers());
        }
        return Optional.of(all);
    }

    /** Nothing where the registry has no such thing. */
    static <T> Optional<T> found(Supplier<T> request) {
        try {
            return Optional.of(request.get());
        } catch (RegistryException e) {
            if (e.kind() == Kind.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static @Nullable URI next(URI page, Map<String, String> headers) {
        Matcher link = NEXT.matcher(headers.getOrDefault("link", ""));
        return link.matches() ? page.resolve(link.group(1)) : null;
    }

    static byte[] whole(ImageRef ref, InputStream body, int largest) {
        try (body) {
            byte[] bytes = body.readNBytes(largest + 1);
            if (bytes.length > largest) {
                throw new RegistryException(Kind.MISMATCH, ref + ": larger than " + largest + " bytes", null);
            }
            return bytes;
        } catch (IOException e) {
            throw new RegistryException(Kind.UNAVAILABLE, ref + ": the transfer broke off: " + e.getMessage(), e);
        }
    }

    private URI uri(ImageRef ref) {
        return wire.uri(ref, "manifests/" + ref.reference());
    }

    private static void expect(ImageRef ref, Digest served) {
        if (ref.digest() != null && !ref.digest().equals(served)) {
            throw new RegistryException(Kind.MISMATCH, ref + ": the registry served " + served, null);
        }
    }
}
