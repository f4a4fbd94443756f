package dev.bootproof.stage;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** What is configured once for all services of a lab. */
@ConfigMapping(prefix = "bootproof")
public interface BootproofConfig {
    /** The lab's state directory; everything that a run makes on this machine is below it. */
    Path home();

    /** The file with the secret from which the runs' keys derive; {@code lab.secret} below the home where not given. */
    Optional<Path> secretFile();

    /** The catalog; read by the poller and the disk-builder. */
    Optional<Path> catalog();

    /** Where evidence is stored: registry and repository, without a tag. */
    Optional<String> evidenceRepository();

    /** Which replica of its service this is; with the service's name it is the member name in the consumer group. */
    @WithDefault("0")
    String instance();

    /** How long a verdict of the canary counts: a lab whose canary is not run any more is not unwell for ever. */
    @WithDefault("PT48H")
    Duration canaryCountsFor();
}
