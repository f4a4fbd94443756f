package dev.bootproof.diskbuilder;

import com.github.luben.zstd.Zstd;
import dev.bootproof.diskbuilder.rootfs.ImageSource;
import dev.bootproof.events.Digest;
import dev.bootproof.events.EventJson;
import dev.bootproof.events.ImageRef;
import dev.bootproof.registry.Descriptor;
import dev.bootproof.registry.ManifestView;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;

/** An image in memory. */
public final class TestImage implements ImageSource {
    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final String CONFIG = "application/vnd.oci.image.config.v1+json";

    public final ImageRef ref = ImageRef.parse("registry.test/os").at(Digest.of("manifest"));
    public String architecture = "amd64";

    private final Map<Digest, byte[]> blobs = new HashMap<>();
    private final List<Descriptor> layers = new ArrayList<>();
    private final List<String> diffIds = new ArrayList<>();

    public TestImage plain(TestLayer layer) {
        byte[] archive = layer.bytes();
        return add(archive, Digest.of(archive));
    }

    public TestImage gzip(TestLayer layer) {
        byte[] archive = layer.bytes();
        return add(gzipped(archive), Digest.of(archive));
    }

    public TestImage zstd(TestLayer layer) {
        byte[] archive = layer.bytes();
        return add(Zstd.compress(archive), Digest.of(archive));
    }

    public TestImage add(byte[] packed, Digest diffId) {
        layers.add(blob("application/vnd.oci.image.layer.v1.tar", packed));
        diffIds.add(diffId.value());
        return this;
    }

    public List<Descriptor> layers() {
        return layers;
    }

    public Digest digest() {
        return Digest.of("manifest");
    }

    public byte[] config() {
        return EventJson.write(Map.of(
                "os", "linux", "architecture", architecture, "rootfs", Map.of("type", "layers", "diff_ids", diffIds)));
    }

    public static byte[] gzipped(byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    @Override
    public ManifestView manifest(ImageRef image) {
        return new ManifestView(
                Digest.of("manifest"), MANIFEST, null, blob(CONFIG, config()), layers, List.of(), Map.of());
    }

    @Override
    public byte[] bytes(ImageRef repository, Descriptor blob) {
        return Objects.requireNonNull(blobs.get(blob.digest()));
    }

    @Override
    public InputStream blob(ImageRef repository, Descriptor blob) {
        return new ByteArrayInputStream(bytes(repository, blob));
    }

    private Descriptor blob(String type, byte[] content) {
        Digest digest = Digest.of(content);
        blobs.put(digest, content);
        return Descriptor.of(type, digest, content.length);
    }
}
