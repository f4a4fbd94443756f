package dev.bootproof.registry;

import dev.bootproof.events.Digest;
import dev.bootproof.events.ImageRef;
import dev.bootproof.events.Names;
import dev.bootproof.registry.RegistryException.Kind;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The list of referrers that a client keeps where the registry keeps none: an index under a tag made of the subject's
 * digest (OCI distribution 1.1, "referrers tag schema").
 *
 * <p>A registry has no compare-and-swap, so two writers may overwrite each other's list. Nothing is lost all the same:
 * every result and every signed verdict lies under a tag of its own before it is listed, and a writer is done only when,
 * after its own write, the list holds all that there are. The last writer therefore sees what the others wrote.
 */
final class FallbackTag {
    private static final int ATTEMPTS = 20;
    private static final int REMEMBERED = 20_000;

    private final Manifests manifests;
    private final Map<String, Result> remembered = Collections.synchronizedMap(new Recent());

    FallbackTag(Manifests manifests) {
        this.manifests = manifests;
    }

    /** What is under a result tag and what it is about; such tags are written once. */
    private record Result(Optional<Digest> subject, Descriptor descriptor) {}

    List<Descriptor> list(ImageRef repository, Digest subject) {
        return manifests
                .find(tag(repository, subject))
                .map(index -> OciJson.view(index).manifests())
                .orElse(List.of());
    }

    void add(ImageRef repository, Digest subject, Descriptor referrer) {
        ImageRef tag = tag(repository, subject);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Map<Digest, Descriptor> listed = byDigest(list(repository, subject));
            Map<Digest, Descriptor> wanted = new LinkedHashMap<>(listed);
            wanted.put(referrer.digest(), referrer);
            results(repository, subject).forEach(result -> wanted.putIfAbsent(result.digest(), result));
            if (listed.keySet().containsAll(wanted.keySet())) {
                return;
            }
            manifests.put(tag, MediaTypes.INDEX, OciJson.index(List.copyOf(wanted.values())));
        }
        throw new RegistryException(Kind.UNAVAILABLE, tag + ": others keep overwriting the list of referrers", null);
    }

    private List<Descriptor> results(ImageRef repository, Digest subject) {
        return manifests.tags(repository).stream()
                .filter(name -> name.endsWith("-result") || name.endsWith("-attestation"))
                .map(name -> result(repository.tagged(name)))
                .flatMap(Optional::stream)
                .filter(result -> result.subject().filter(subject::equals).isPresent())
                .map(Result::descriptor)
                .toList();
    }

    private Optional<Result> result(ImageRef tag) {
        Result known = remembered.get(tag.toString());
        if (known != null) {
            return Optional.of(known);
        }
        Optional<Result> read = manifests
                .find(tag)
                .map(manifest -> new Result(Optional.ofNullable(manifest.subject()), manifest.asReferrer()));
        read.ifPresent(result -> remembered.put(tag.toString(), result));
        return read;
    }

    private static Map<Digest, Descriptor> byDigest(Collection<Descriptor> descriptors) {
        Map<Digest, Descriptor> map = new LinkedHashMap<>();
        descriptors.forEach(descriptor -> map.put(descriptor.digest(), descriptor));
        return map;
    }

    private static ImageRef tag(ImageRef repository, Digest subject) {
        return repository.tagged(Names.referrersTag(subject));
    }

    /** Forgets what was not asked for longest. */
    private static final class Recent extends LinkedHashMap<String, Result> {
        private static final long serialVersionUID = 1L;

        Recent() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Result> eldest) {
            return size() > REMEMBERED;
        }
    }
}
