package dev.bootproof.diskbuilder;

import dev.bootproof.diskbuilder.ext4.E2fsprogs;
import dev.bootproof.diskbuilder.gpt.GptTools;
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
        Thread.ofVirtual().name("programs").start(this::announce);
    }

    private void announce() {
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
     * What reads qcow2.
     *
     * @throws StageFault tool-missing
     */
    Tool qemuImg() {
        return Tool.find("qemu-img", searchPath(), "qemu-utils");
    }

    /**
     * Those that make disks with partitions.
     *
     * @throws StageFault tool-missing
     */
    GptTools gpt() {
        return GptTools.find(searchPath(), config.efiStub());
    }

    /** The versions of those that make disks with partitions. */
    String gptVersions() {
        GptTools tools = gpt();
        return scratched((scratch, soon) -> tools.versions(scratch, soon));
    }

    private static String searchPath() {
        return Optional.ofNullable(System.getenv("PATH")).orElse("");
    }

    /**
     * Those that make ext4.
     *
     * @throws StageFault tool-missing
     */
    E2fsprogs find() {
        return scratched((scratch, soon) ->
                E2fsprogs.find(config.mkfs(), config.debugfs(), config.fsck(), searchPath(), scratch, soon));
    }

    private <T> T scratched(Asking<T> asking) {
        try {
            Path scratch = Files.createTempDirectory("bootproof-tools");
            try {
                return asking.ask(scratch, Deadline.in(LONGEST, clock));
            } finally {
                Directories.remove(scratch);
            }
        } catch (IOException e) {
            throw HostFault.of(e);
        }
    }

    /** What is asked of programs, which write their answers to a directory. */
    @FunctionalInterface
    private interface Asking<T> {
        T ask(Path scratch, Deadline soon) throws IOException;
    }
}
