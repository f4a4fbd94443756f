package dev.bootproof.registry;

import dev.bootproof.events.Digest;
import dev.bootproof.events.ImageRef;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * OCI registries: images are read and verified, artifacts are pushed and hung on what they are about. Credentials are
 * those of Docker and Podman on this machine; loopback hosts speak plain HTTP.
 *
 * <p>Failure: every method throws {@link RegistryException}. What was pushed before stays behind without a tag and
 * pushing again completes it.
 */
public final class Registry implements AutoCloseable {
    private static final int SMALL = 16 << 20;

    private final Wire wire;
    private final Manifests manifests;
    private final Blobs blobs;
    private final FallbackTag fallback;

    /** Talks to registries in this way. */
    public Registry(RegistryOptions options) {
        wire = new Wire(options);
        manifests = new Manifests(wire);
        blobs = new Blobs(wire);
        fallback = new FallbackTag(manifests);
    }

    /** What this reference points at now: one HEAD where the registry says the digest in a header. */
    public Digest resolve(ImageRef ref) {
        return manifests.resolve(ref);
    }

    /** The manifest or index; pinned, its bytes are those that the digest names. */
    public ManifestView manifest(ImageRef ref) {
        return OciJson.view(manifests.get(ref));
    }

    /** What another manifest says about this one when it refers to it. */
    public Descriptor descriptor(ImageRef ref) {
        Manifest manifest = manifests.get(ref);
        return Descriptor.of(manifest.mediaType(), manifest.digest(), manifest.size());
    }

    /** The manifest or index, or nothing where the registry has no such thing. */
    public Optional<ManifestView> find(ImageRef tag) {
        return manifests.find(tag).map(OciJson::view);
    }

    /**
     * The bytes of a blob, as they come. A read that reaches the end with other bytes than the digest names, or finds
     * the transfer broken, throws a {@link RegistryException}; until then nothing read may be trusted.
     */
    public InputStream blob(ImageRef repository, Descriptor blob) {
        return blobs.open(repository, blob);
    }

    /** The bytes of a blob of at most 16 MiB, verified. */
    public byte[] bytes(ImageRef repository, Descriptor blob) {
        return wire.retrying(() -> Manifests.whole(repository, blobs.open(repository, blob), SMALL));
    }

    /**
     * Pushes an artifact under a tag: files, then manifest, then what was pushed is read back. Where it has a subject,
     * it is afterwards listed among the subject's referrers.
     *
     * @return where it is, by its digest
     */
    public ImageRef push(ImageRef tag, Artifact artifact) {
        Descriptor empty = blobs.sendEmpty(tag);
        List<Descriptor> layers = new ArrayList<>();
        for (Artifact.File file : artifact.files()) {
            layers.add(send(tag, file));
        }
        byte[] body = OciJson.manifest(artifact, empty, layers.isEmpty() ? List.of(empty) : layers);
        boolean listed = manifests.put(tag, MediaTypes.MANIFEST, body);
        Manifest stored = manifests.get(tag.at(Digest.of(body)));
        if (artifact.subject() != null && !listed) {
            fallback.add(tag, artifact.subject().digest(), stored.asReferrer());
        }
        return tag.at(stored.digest());
    }

    /**
     * Adds files to the artifact under a tag, which is made where there is none; those that are there already are not
     * added again, and of more than {@code most} the oldest are left out. Others may write the same tag at the same time:
     * it is done when all files are there as it was last read.
     */
    public void append(ImageRef tag, String type, List<Artifact.File> files, int most) {
        Descriptor empty = blobs.sendEmpty(tag);
        List<Descriptor> layers = files.stream().map(file -> send(tag, file)).toList();
        new GrowingTag(manifests, tag, type, most).add(empty, layers);
    }

    /**
     * Deletes what a tag points at, and the tag with it; nothing where there is no such tag.
     *
     * @throws RegistryException of kind {@code REFUSED} where the registry does not let anything be deleted
     */
    public void delete(ImageRef tag) {
        Manifests.found(() -> resolve(tag)).ifPresent(digest -> manifests.delete(tag.at(digest)));
    }

    /** What refers to this digest in its repository; the newest API where the registry has it, else the fallback tag. */
    public List<Descriptor> referrers(ImageRef subject) {
        Digest digest = subject.digest() == null ? resolve(subject) : subject.digest();
        return manifests.referrers(subject.at(digest)).orElseGet(() -> fallback.list(subject, digest));
    }

    /** Pushes what an OCI layout holds under a tag; what the registry has already is not sent again. */
    public void pushLayout(Path ociLayout, ImageRef tag) {
        Layout layout = new Layout(ociLayout);
        push(layout, layout.root(), tag);
    }

    @Override
    public void close() {
        wire.close();
    }

    private void push(Layout layout, Path file, ImageRef target) {
        ManifestView view = OciJson.view(Layout.manifest(file));
        for (Descriptor child : view.manifests()) {
            push(layout, layout.blob(child.digest()), target.at(child.digest()));
        }
        if (view.config() != null) {
            blobs.send(target, view.config().digest(), layout.blob(view.config().digest()));
        }
        for (Descriptor layer : view.layers()) {
            blobs.send(target, layer.digest(), layout.blob(layer.digest()));
        }
        if (target.digest() == null || !manifests.exists(target)) {
            manifests.put(target, view.mediaType(), Layout.bytes(file));
        }
    }

    private Descriptor send(ImageRef repository, Artifact.File file) {
        Digest digest = Blobs.digest(file.path());
        blobs.send(repository, digest, file.path());
        Map<String, String> annotations = new HashMap<>(file.annotations());
        annotations.put(Descriptor.TITLE, file.name());
        return new Descriptor(file.mediaType(), digest, Blobs.size(file.path()), null, null, annotations);
    }
}
