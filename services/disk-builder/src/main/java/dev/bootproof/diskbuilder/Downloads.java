package dev.bootproof.diskbuilder;

import dev.bootproof.diskbuilder.download.DownloadStore;
import dev.bootproof.diskbuilder.download.DownloadStore.Stored;
import dev.bootproof.diskbuilder.download.Limits;
import dev.bootproof.diskbuilder.download.Transfer;
import dev.bootproof.events.Digest;
import dev.bootproof.events.Download;
import dev.bootproof.events.LocalLab;
import dev.bootproof.stage.Stopping;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * Published files, fetched once and kept by their checksums for other plans. Whoever fetches or reads one has its lock,
 * so that it is fetched once and never removed under a reader.
 *
 * <p>Failure: a builder that was killed leaves a directory below {@code work/}, which the next start removes.
 */
@ApplicationScoped
class Downloads {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);
    private static final int KEY = 32;

    private final LocalLab lab;
    private final GoldenDisks locks;
    private final DownloadStore store;
    private final DiskBuilderConfig config;
    private final Stopping stopping;
    private final Clock clock;
    private final MeterRegistry metrics;

    Downloads(
            LocalLab lab,
            GoldenDisks locks,
            DiskBuilderConfig config,
            Stopping stopping,
            Clock clock,
            MeterRegistry metrics) {
        this.lab = lab;
        this.locks = locks;
        this.store = new DownloadStore(lab.downloads());
        this.config = config;
        this.stopping = stopping;
        this.clock = clock;
        this.metrics = metrics;
    }

    /** What reads a file. */
    @FunctionalInterface
    interface Reader {
        void read(InputStream bytes) throws IOException;
    }

    /** Lets a reader read the file, which is fetched now if it has not been. */
    void use(Download download, Deadline deadline, Reader reader) throws IOException {
        Digest checksum = download.checksum();
        try (BuildLock _ = lock(checksum, deadline)) {
            Path file = store.find(checksum, clock.instant()).orElseGet(() -> fetch(download, deadline));
            try (InputStream bytes = new HostStream(file)) {
                reader.read(bytes);
            }
        }
    }

    private BuildLock lock(Digest checksum, Deadline deadline) {
        Optional<BuildLock> lock = locks.tryLock(key(checksum));
        while (lock.isEmpty()) {
            deadline.check("another builder was still fetching or reading the same file");
            stopping.pause(LOOK_AGAIN);
            lock = locks.tryLock(key(checksum));
        }
        return lock.get();
    }

    private Path fetch(Download download, Deadline deadline) {
        Limits limits =
                new Limits(config.largestDisk().asLongValue(), config.registryTimeout(), config.resolveTimeout());
        Progress progress = new Progress(download.checksum().value(), clock, metrics);
        try {
            Path work = lab.work().resolve(key(download.checksum()) + "-" + UUID.randomUUID());
            Files.createDirectory(work);
            try {
                Path file = work.resolve("file");
                new Transfer(download, limits, deadline, stopping).to(file, progress);
                progress.end();
                return store.put(file, download.checksum());
            } finally {
                Directories.remove(work);
                evict();
            }
        } catch (IOException e) {
            throw HostFault.of(e);
        }
    }

    /** Removes the files that were not used for the longest time until the rest fits; what somebody reads stays. */
    private void evict() throws IOException {
        long room = config.keepDownloads().asLongValue();
        long taken = store.all().stream().mapToLong(Stored::bytes).sum();
        for (Stored file : store.all()) {
            if (taken <= room) {
                return;
            }
            if (remove(file)) {
                taken -= file.bytes();
            }
        }
    }

    private boolean remove(Stored file) throws IOException {
        Optional<BuildLock> lock = locks.tryLock(key(file.checksum()));
        if (lock.isEmpty()) {
            return false;
        }
        try (BuildLock _ = lock.get()) {
            Files.deleteIfExists(file.path());
            Log.infof("download removed to make room checksum=%s bytes=%d", file.checksum(), file.bytes());
            return true;
        }
    }

    private static String key(Digest checksum) {
        return checksum.hex().substring(0, KEY);
    }
}
