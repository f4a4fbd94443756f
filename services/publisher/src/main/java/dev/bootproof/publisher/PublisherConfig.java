package dev.bootproof.publisher;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** What is configured of the publisher. */
@ConfigMapping(prefix = "publisher")
public interface PublisherConfig {
    /** Where people find these pages. */
    @WithDefault("http://127.0.0.1:${quarkus.http.port}")
    URI url();

    /** Where results go of images in whose registry we may not write: registry and repository, without a tag. */
    @WithDefault("127.0.0.1:5000/bootproof/results")
    String resultsRepository();

    /** Registries in which a result is pushed into the image's own repository, beside the image. */
    Optional<Set<String>> pushBeside();

    /** How long after the verdict a registry is waited for before its result goes to the results repository. */
    @WithDefault("10m")
    Duration besidePatience();

    /** How many runs are remembered, newest first. */
    @WithDefault("10000")
    int runs();

    /** The first pause after a registry failed; each next one is twice as long. */
    @WithDefault("1s")
    Duration retryFirst();

    /** The longest pause between attempts to publish a result. */
    @WithDefault("1m")
    Duration retryLongest();

    /** How long a registry or a machine may take to answer while somebody looks at a page. */
    @WithDefault("5s")
    Duration patience();

    /** The private key that verdicts are signed with; {@code attestation.key} below the lab's home where not given. */
    Optional<Path> attestationKey();

    /** How long somebody who is to be told of a verdict may take to answer. */
    @WithDefault("10s")
    Duration tellTimeout();

    /** The first pause after somebody could not be told; each next one is twice as long. */
    @WithDefault("2s")
    Duration tellFirst();

    /** The longest pause between attempts to tell somebody. */
    @WithDefault("15m")
    Duration tellLongest();

    /** How long after the verdict somebody who cannot be told is given up. */
    @WithDefault("24h")
    Duration tellPatience();
}
