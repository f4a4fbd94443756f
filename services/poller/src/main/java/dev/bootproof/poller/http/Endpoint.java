package dev.bootproof.poller.http;

import dev.bootproof.events.ImageRef;
import java.net.URI;
import java.util.regex.Pattern;

/**
 * Where a registry answers for an image: loopback over plain HTTP, everything else over HTTPS.
 *
 * @param registry the registry as the catalog writes it
 * @param base scheme, host and port
 * @param repository path within the registry
 */
record Endpoint(String registry, URI base, String repository) {
    private static final Pattern LOOPBACK = Pattern.compile("(localhost|127(\\.[0-9]{1,3}){3}|\\[::1])(:[0-9]+)?");

    static Endpoint of(ImageRef image) {
        String registry = image.registry();
        String scheme = loopback(registry) ? "http" : "https";
        return new Endpoint(registry, URI.create(scheme + "://" + host(registry)), image.repository());
    }

    /** Whether this authority is this machine. */
    static boolean loopback(String authority) {
        return LOOPBACK.matcher(authority).matches();
    }

    /** Docker Hub is the one registry that does not answer under its name. */
    private static String host(String registry) {
        return registry.equals("docker.io") ? "registry-1.docker.io" : registry;
    }

    /**
     * Whether something that this registry points to may be asked at all: over HTTPS, or on this machine where the
     * registry is on this machine too.
     */
    boolean trusts(URI address) {
        String authority = String.valueOf(address.getAuthority());
        if (address.getHost() == null || address.getRawUserInfo() != null) {
            return false;
        }
        if ("https".equals(address.getScheme())) {
            return true;
        }
        return "http".equals(address.getScheme()) && loopback(authority) && loopback(registry);
    }

    /** Whether this address is the registry itself, which alone is told who we are. */
    boolean is(URI address) {
        return base.getScheme().equals(address.getScheme())
                && String.valueOf(base.getAuthority()).equals(address.getAuthority());
    }

    URI manifest(String reference) {
        return base.resolve("/v2/" + repository + "/manifests/" + reference);
    }

    URI blob(String digest) {
        return base.resolve("/v2/" + repository + "/blobs/" + digest);
    }
}
