package dev.bootproof.registry;

import dev.bootproof.events.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A small OCI layout on disk: an index of one image of one layer.
 *
 * @param directory where it is
 * @param index the digest of its index
 */
record TestLayout(Path directory, Digest index) {
    static TestLayout write(Path directory) throws IOException {
        Files.createDirectories(directory.resolve("blobs/sha256"));
        String config = blob(directory, "application/vnd.oci.image.config.v1+json", "{\"os\":\"linux\"}");
        String layer = blob(directory, "application/vnd.oci.image.layer.v1.tar", "a layer");
        String image = blob(directory, MediaTypes.MANIFEST, """
                {"schemaVersion":2,"mediaType":"%s","config":%s,"layers":[%s]}""".formatted(MediaTypes.MANIFEST, config, layer));
        String listed = image.replaceFirst("}$", ",\"platform\":{\"os\":\"linux\",\"architecture\":\"amd64\"}}");
        String index = """
                {"schemaVersion":2,"mediaType":"%s","manifests":[%s]}""".formatted(MediaTypes.INDEX, listed);
        String outer = """
                {"schemaVersion":2,"manifests":[%s]}""".formatted(blob(directory, MediaTypes.INDEX, index));
        Files.writeString(directory.resolve("index.json"), outer);
        return new TestLayout(directory, Digest.of(index));
    }

    private static String blob(Path directory, String mediaType, String content) throws IOException {
        Digest digest = Digest.of(content);
        Files.writeString(directory.resolve("blobs/sha256").resolve(digest.hex()), content);
        return """
                {"mediaType":"%s","digest":"%s","size":%d}""".formatted(mediaType, digest, content.getBytes(StandardCharsets.UTF_8).length);
    }
}
