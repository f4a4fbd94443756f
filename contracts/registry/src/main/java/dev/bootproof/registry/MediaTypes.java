package dev.bootproof.registry;

/** The media types of OCI and of Docker before it. */
final class MediaTypes {
    static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    static final String INDEX = "application/vnd.oci.image.index.v1+json";
    static final String EMPTY = "application/vnd.oci.empty.v1+json";
    static final String BYTES = "application/octet-stream";

    private static final String DOCKER_MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";
    private static final String DOCKER_INDEX = "application/vnd.docker.distribution.manifest.list.v2+json";

    /** What a manifest may be. */
    static final String ANY_MANIFEST = String.join(", ", MANIFEST, INDEX, DOCKER_MANIFEST, DOCKER_INDEX);

    private MediaTypes() {}

    static boolean isIndex(String mediaType) {
        return mediaType.equals(INDEX) || mediaType.equals(DOCKER_INDEX);
    }
}
