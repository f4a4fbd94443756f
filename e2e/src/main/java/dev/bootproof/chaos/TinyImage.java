package dev.bootproof.chaos;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bootproof.events.Digest;
import dev.bootproof.events.EventJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * The smallest image that disk-builder takes for bootable: a kernel and an initramfs that nobody runs, and a file that
 * tells one publication from another. It is written as an OCI image layout.
 */
final class TinyImage {
    private static final String MODULES = "usr/lib/modules/6.12.0-standin/";
    private static final String LAYER = "application/vnd.oci.image.layer.v1.tar+gzip";
    private static final String CONFIG = "application/vnd.oci.image.config.v1+json";
    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";

    private TinyImage() {}

    /** Writes the layout of this version into a directory and gives that back. */
    static Path write(Path directory, String version) throws IOException {
        Files.createDirectories(directory.resolve("blobs/sha256"));
        Files.writeString(directory.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
        byte[] layer = layer(version);
        ObjectNode config = EventJson.mapper().createObjectNode();
        config.put("architecture", "amd64").put("os", "linux");
        config.withObject("/rootfs")
                .put("type", "layers")
                .withArray("diff_ids")
                .add(Digest.of(layer).value());
        ObjectNode manifest = EventJson.mapper().createObjectNode().put("schemaVersion", 2);
        manifest.put("mediaType", MANIFEST);
        store(directory, manifest.withObject("/config").put("mediaType", CONFIG), EventJson.write(config));
        store(directory, manifest.withArray("layers").addObject().put("mediaType", LAYER), packed(layer));
        ObjectNode index = EventJson.mapper().createObjectNode().put("schemaVersion", 2);
        ObjectNode only = index.withArray("manifests").addObject().put("mediaType", MANIFEST);
        store(directory, only, EventJson.write(manifest));
        Files.write(directory.resolve("index.json"), EventJson.write(index));
        return directory;
    }

    private static byte[] layer(String version) throws IOException {
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(plain)) {
            file(tar, MODULES + "vmlinuz", "a kernel that nobody runs\n");
            file(tar, MODULES + "initramfs.img", "an initramfs that nobody runs\n");
            file(tar, "usr/lib/os-release", "ID=standin\nVERSION_ID=" + version + "\n");
            file(tar, "usr/share/standin/version", version + "\n");
        }
        return plain.toByteArray();
    }

    private static void file(TarArchiveOutputStream tar, String path, String content) throws IOException {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        TarArchiveEntry entry = new TarArchiveEntry(path);
        entry.setMode(0644);
        entry.setModTime(0L);
        entry.setSize(bytes.length);
        tar.putArchiveEntry(entry);
        tar.write(bytes);
        tar.closeArchiveEntry();
    }

    private static byte[] packed(byte[] layer) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(layer);
        }
        return packed.toByteArray();
    }

    private static void store(Path directory, ObjectNode descriptor, byte[] content) throws IOException {
        Digest digest = Digest.of(content);
        Files.write(directory.resolve("blobs/sha256").resolve(digest.hex()), content);
        descriptor.put("digest", digest.value()).put("size", content.length);
    }
}
