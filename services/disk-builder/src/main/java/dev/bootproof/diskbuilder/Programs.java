package dev.bootproof.diskbuilder;

import dev.bootproof.diskbuilder.ext4.E2fsprogs;
import dev.bootproof.stage.StageFault;
import io.quarkus.logging.Log;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** The programs of this host; looked for each time, so that installing one is enough. */
@ApplicationScoped
class Programs {
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final DiskBuilderConfig config;
    private final Clock clock;

    Programs(DiskBuilderConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
    }

    void announce(@Observes StartupEvent event) {
        try {
            E2fsprogs found = find();
            Log.infof(
                    "disks are made by e2fsprogs %s mkfs=%s debugfs=%s",
                    found.version(), found.mkfs().program(), found.debugfs().program());
        } catch (StageFault e) {
            Log.error(e.getMessage());
        }
    }

    /**
     * Those that make ext4.
     *
     * @throws StageFault tool-missing
     */
    E2fsprogs find() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        try {
            Path scratch = Files.createTempDirectory("bootproof-tools");
            try {
                Deadline soon = Deadline.in(LONGEST, clock);
                return E2fsprogs.find(config.mkfs(), config.debugfs(), config.fsck(), path, scratch, soon);
            } finally {
                Directories.remove(scratch);
            }
        } catch (IOException e) {
            throw HostFault.of(e);
        }
    }
}
