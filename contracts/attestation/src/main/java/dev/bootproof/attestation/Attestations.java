package dev.bootproof.attestation;

import dev.bootproof.events.Digest;
import dev.bootproof.events.ImageRef;
import dev.bootproof.events.MalformedEvent;
import dev.bootproof.events.Names;
import dev.bootproof.events.RunId;
import dev.bootproof.registry.Artifact;
import dev.bootproof.registry.Descriptor;
import dev.bootproof.registry.ManifestView;
import dev.bootproof.registry.Registry;
import dev.bootproof.registry.RegistryException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Signed verdicts in registries, laid out in both ways in which cosign looks for them: a Sigstore bundle that refers to
 * the tested digest (github.com/sigstore/cosign, {@code specs/BUNDLE_SPEC.md}; cosign 3), and a layer under the tag
 * {@code sha256-<hex>.att} ({@code specs/ATTESTATION_SPEC.md} there; cosign 2).
 *
 * <p>Failure: throws {@link RegistryException}; hanging the same run's verdict again completes what is there.
 */
public final class Attestations {
    /** As many as cosign reads at most (its {@code maxLayers}), with room for those of others. */
    private static final int MOST = 500;

    private static final String ENVELOPE = "dev.bootproof.envelope";

    private final Registry registry;

    /** Reads and writes them in these registries. */
    public Attestations(Registry registry) {
        this.registry = registry;
    }

    /**
     * A signed verdict that was found.
     *
     * @param where the artifact that it lies in
     * @param envelope the signed statement
     */
    public record Found(ImageRef where, Envelope envelope) {}

    /**
     * Hangs a run's verdict on a digest, once: where the run has one already, that one stays.
     *
     * @param repository where it goes
     * @param digest what it is about
     * @param subject how it refers to that; null where it cannot be referred to from there
     * @param signed makes the envelope, where there is none yet
     * @return the artifact, by digest
     */
    public ImageRef hang(
            ImageRef repository, RunId run, Digest digest, @Nullable Descriptor subject, Supplier<Signed> signed) {
        ImageRef tag = repository.tagged(Names.attestationTag(run));
        byte[] bundle = registry.find(tag)
                .flatMap(Attestations::bundle)
                .map(layer -> registry.bytes(tag, layer))
                .orElseGet(() -> signed.get().bundle());
        ImageRef hung = push(tag, bundle, subject);
        legacy(repository, digest, bundle);
        return hung;
    }

    /** A freshly signed envelope, and which key it is of. */
    public record Signed(Envelope envelope, TrustedKey key) {
        byte[] bundle() {
            return Bundle.json(envelope, key.hint());
        }
    }

    /** All signed envelopes about this digest in its repository, whoever signed them and whatever they say. */
    public List<Found> about(ImageRef pinned) {
        List<Found> all = new ArrayList<>();
        for (Descriptor referrer : registry.referrers(pinned)) {
            if (Bundle.MEDIA_TYPE.equals(referrer.artifactType())) {
                found(pinned.at(referrer.digest())).ifPresent(all::add);
            }
        }
        Digest digest = pinned.digest() == null ? registry.resolve(pinned) : pinned.digest();
        ImageRef tag = pinned.tagged(Names.attestationsTag(digest));
        registry.find(tag)
                .ifPresent(list -> list.layers()
                        .forEach(layer -> read(tag, layer)
                                .filter(envelope -> all.stream()
                                        .noneMatch(one -> one.envelope().equals(envelope)))
                                .ifPresent(envelope -> all.add(new Found(tag.at(list.digest()), envelope)))));
        return all;
    }

    private Optional<Found> found(ImageRef artifact) {
        return registry.find(artifact)
                .flatMap(Attestations::bundle)
                .flatMap(layer -> read(artifact, layer))
                .map(envelope -> new Found(artifact, envelope));
    }

    /** What lies there is anybody's: what is no envelope is passed over. */
    private Optional<Envelope> read(ImageRef where, Descriptor layer) {
        try {
            if (layer.mediaType().equals(Envelope.MEDIA_TYPE)) {
                return Optional.of(Envelope.read(registry.bytes(where, layer)));
            }
            return layer.mediaType().equals(Bundle.MEDIA_TYPE)
                    ? Optional.of(Bundle.envelope(registry.bytes(where, layer)))
                    : Optional.empty();
        } catch (MalformedEvent e) {
            return Optional.empty();
        }
    }

    private ImageRef push(ImageRef tag, byte[] bundle, @Nullable Descriptor subject) {
        Envelope envelope = Bundle.envelope(bundle);
        var annotations =
                BundleAnnotations.of(Statement.read(envelope.payload()), ENVELOPE, Digest.of(envelope.json()));
        String name = Digest.of(bundle).value().replace(':', '-') + ".sigstore.json";
        return Scratch.with(
                List.of(new Scratch.Content(name, Bundle.MEDIA_TYPE, bundle, BundleAnnotations.none())),
                files -> registry.push(tag, new Artifact(Bundle.MEDIA_TYPE, files, annotations, subject)));
    }

    /** Also those that others hung meanwhile, so that of two writers the last one loses nothing. */
    private void legacy(ImageRef repository, Digest digest, byte[] bundle) {
        ImageRef tag = repository.tagged(Names.attestationsTag(digest));
        List<String> listed = registry.find(tag).stream()
                .flatMap(list -> list.layers().stream())
                .map(layer -> layer.digest().value())
                .toList();
        List<Scratch.Content> contents = new ArrayList<>();
        for (Descriptor referrer : registry.referrers(repository.at(digest))) {
            String envelope = referrer.annotations().get(ENVELOPE);
            if (envelope != null && !listed.contains(envelope)) {
                found(repository.at(referrer.digest())).ifPresent(other -> contents.add(layer(other.envelope())));
            }
        }
        contents.add(layer(Bundle.envelope(bundle)));
        Scratch.with(contents, files -> {
            registry.append(tag, Envelope.MEDIA_TYPE, files, MOST);
            return true;
        });
    }

    private static Scratch.Content layer(Envelope envelope) {
        byte[] json = envelope.json();
        return new Scratch.Content(
                Digest.of(json).hex() + ".dsse.json", Envelope.MEDIA_TYPE, json, BundleAnnotations.legacy());
    }

    private static Optional<Descriptor> bundle(ManifestView artifact) {
        return artifact.layers().stream()
                .filter(layer -> layer.mediaType().equals(Bundle.MEDIA_TYPE))
                .findFirst();
    }
}
