package dev.bootproof.events;

import java.net.URI;

/**
 * A file that is published at a URL and not in a registry.
 *
 * @param url where it is, {@code http} or {@code https}
 * @param checksum what it is, compressed as it is published; also the digest under test
 */
public record Download(URI url, Digest checksum) {
    public Download {
        Required.fields("url", url, "checksum", checksum);
        String scheme = String.valueOf(url.getScheme());
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new MalformedEvent("url", "\"" + url + "\" cannot be fetched: write an http or https URL");
        }
    }
}
