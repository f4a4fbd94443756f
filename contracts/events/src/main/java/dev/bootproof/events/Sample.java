package dev.bootproof.events;

/**
 * A file of the image, remembered from its layers, so that a guest can show that it runs these bits.
 *
 * @param path absolute path in the image
 * @param content digest of the file's content
 */
public record Sample(String path, Digest content) {
    public Sample {
        Required.fields("path", path, "content", content);
    }
}
