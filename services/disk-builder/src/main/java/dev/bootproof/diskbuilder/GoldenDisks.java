package dev.bootproof.diskbuilder;

import dev.bootproof.events.DiskInputs;
import dev.bootproof.events.EventJson;
import dev.bootproof.events.Fault;
import dev.bootproof.events.LocalLab;
import dev.bootproof.stage.StageFault;
import io.quarkus.logging.Log;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The store of disks, by the identity of what they are made from. A disk is made aside, made durable, and appears by one
 * rename; from then on it never changes.
 *
 * <p>Failure: a builder that was killed leaves a directory below {@code work/}, which the next builder removes.
 */
@ApplicationScoped
class GoldenDisks {
    private static final Pattern IDENTITY = Pattern.compile("[0-9a-f]{32}");
    private static final int IDENTITY_LENGTH = 32;

    private final LocalLab lab;
    private final Clock clock;

    GoldenDisks(LocalLab lab, Clock clock) {
        this.lab = lab;
        this.clock = clock;
    }

    /** Removes what dead builders left. */
    void sweep(@Observes StartupEvent event) {
        try {
            for (Path left : Directories.children(lab.work())) {
                String name = left.getFileName().toString();
                if (name.length() > IDENTITY_LENGTH
                        && IDENTITY.matcher(name.substring(0, IDENTITY_LENGTH)).matches()) {
                    sweep(name.substring(0, IDENTITY_LENGTH));
                }
            }
        } catch (IOException e) {
            Log.warnf("what dead builders left could not be removed: %s", e);
        }
    }

    private void sweep(String identity) throws IOException {
        Optional<BuildLock> lock = BuildLock.tryTake(lab.work(), identity);
        if (lock.isPresent()) {
            try (BuildLock _ = lock.get()) {
                removeLeftovers(identity);
            }
        }
    }

    /** The disk of this identity, if it has been made; it is then marked as used now. */
    Optional<GoldenDisk> find(String identity) {
        Path described = lab.disk(identity).resolve("disk.json");
        if (!Files.exists(lab.disk(identity))) {
            return Optional.empty();
        }
        try {
            GoldenDisk disk = EventJson.read(Files.readAllBytes(described), GoldenDisk.class);
            Files.setLastModifiedTime(described, FileTime.from(clock.instant()));
            return Optional.of(disk);
        } catch (IOException | IllegalArgumentException e) {
            String advice = "the golden disk " + lab.disk(identity) + " is damaged, remove it: " + e;
            throw new StageFault(Fault.TOOL_FAILED, advice);
        }
    }

    /** Takes the lock under which a disk may be made; empty while another builder has it. */
    Optional<BuildLock> tryLock(String identity) {
        try {
            Files.createDirectories(lab.work());
            return BuildLock.tryTake(lab.work(), identity);
        } catch (IOException e) {
            throw HostFault.of(e);
        }
    }

    /** Makes the disk. The caller has its lock. */
    GoldenDisk make(DiskInputs inputs, DiskRecipe recipe, Deadline deadline) {
        String identity = inputs.identity();
        try {
            removeLeftovers(identity);
            Path work = Files.createDirectory(lab.work().resolve(identity + "-" + UUID.randomUUID()));
            try {
                GoldenDisk disk = new GoldenDisk(inputs, recipe.make(inputs, work, deadline));
                Files.write(work.resolve("disk.json"), EventJson.write(disk));
                Directories.sync(work);
                publish(work, lab.disk(identity));
                return disk;
            } finally {
                Directories.remove(work);
            }
        } catch (IOException e) {
            throw HostFault.of(e);
        }
    }

    private void publish(Path work, Path disk) throws IOException {
        Files.createDirectories(lab.disks());
        Files.move(work, disk, StandardCopyOption.ATOMIC_MOVE);
        Directories.syncOne(lab.disks());
    }

    private void removeLeftovers(String identity) throws IOException {
        for (Path left : Directories.children(lab.work())) {
            if (left.getFileName().toString().startsWith(identity + "-")) {
                Log.infof("removing what a dead builder left: %s", left.getFileName());
                Directories.remove(left);
            }
        }
    }
}
