package dev.bootproof.poller.http;

import dev.bootproof.events.ImageRef;
import java.net.URI;
import java.util.regex.Pattern;

/**
 * Where a registry answers for an image: loopback over plain HTTP, everything else over HTTPS.
 *
 * @param base scheme, host and port
 * @param repository path within the registry
 * @param reference tag or digest
 */
record Endpoint(URI base, String repository, String reference) {
    private static final Pattern LOOPBACK = Pattern.compile("(localhost|127(\\.[0-9]+){3}|\\[::1])(:[0-9]+)?");

    static Endpoint of(ImageRef image) {
        String scheme = loopback(image.registry()) ? "http" : "https";
        return new Endpoint(URI.create(scheme + "://" + host(image.registry())), image.repository(), image.reference());
    }

    /** Whether this authority is this machine. */
    static boolean loopback(String authority) {
        return LOOPBACK.matcher(authority).matches();
    }

    /** Docker Hub is the one registry that does not answer under its name. */
    private static String host(String registry) {
        return registry.equals("docker.io") ? "registry-1.docker.io" : registry;
    }

    URI manifest() {
        return base.resolve("/v2/" + repository + "/manifests/" + reference);
    }
}
