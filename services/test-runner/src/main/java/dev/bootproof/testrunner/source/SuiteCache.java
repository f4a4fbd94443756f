package dev.bootproof.testrunner.source;

import dev.bootproof.events.Digest;
import io.quarkus.logging.Log;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What was fetched, by what it is pinned to. Written whole, then named; the longest unused goes when there is too much of
 * it.
 *
 * <p>Failure: what a killed service had not named is removed a day later.
 */
public final class SuiteCache {
    private static final String UNFINISHED = "new-";
    private static final Duration IN_USE = Duration.ofHours(1);
    private static final Duration ABANDONED = Duration.ofDays(1);

    private final Path directory;
    private final long limit;
    private final Clock clock;

    /** Fills a directory. */
    @FunctionalInterface
    public interface Filling {
        /** Writes into this empty directory. */
        void into(Path directory) throws IOException;
    }

    /**
     * @param directory where it lies
     * @param limit how many bytes it may hold; what was used in the last hour stays all the same
     * @param clock tells the time
     */
    public SuiteCache(Path directory, long limit, Clock clock) {
        this.directory = directory;
        this.limit = limit;
        this.clock = clock;
    }

    /** The directory of what this source is pinned to, filled where it is not there. */
    public Path get(SourceRef pinned, Filling filling) {
        Path place = directory.resolve(Digest.of(pinned.toString()).hex());
        try {
            if (!Files.isDirectory(place)) {
                Files.createDirectories(directory);
                fill(place, filling);
            }
            Files.setLastModifiedTime(place, FileTime.from(clock.instant()));
            trim(place);
            return place;
        } catch (IOException e) {
            throw new UncheckedIOException("the cache of suites in " + directory + " cannot be written", e);
        }
    }

    private void fill(Path place, Filling filling) throws IOException {
        Path unfinished = Files.createTempDirectory(directory, UNFINISHED);
        try {
            filling.into(unfinished);
            Files.move(unfinished, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException | AtomicMoveNotSupportedException e) {
            if (!Files.isDirectory(place)) {
                throw e;
            }
        } finally {
            remove(unfinished);
        }
    }

    private void trim(Path kept) throws IOException {
        long total = 0;
        for (Path entry : newestFirst()) {
            boolean unfinished = String.valueOf(entry.getFileName()).startsWith(UNFINISHED);
            total += unfinished ? 0 : size(entry);
            boolean old = unfinished ? unused(entry, ABANDONED) : total > limit && unused(entry, IN_USE);
            if (old && !entry.equals(kept)) {
                Log.infof("removes %s from the cache of suites", entry);
                remove(entry);
            }
        }
    }

    private List<Path> newestFirst() throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.sorted(Comparator.comparing(SuiteCache::used).reversed())
                    .toList();
        }
    }

    private boolean unused(Path entry, Duration atLeast) {
        return used(entry).isBefore(clock.instant().minus(atLeast));
    }

    private static Instant used(Path entry) {
        return Instant.ofEpochMilli(entry.toFile().lastModified());
    }

    private static long size(Path entry) throws IOException {
        try (Stream<Path> files = Files.walk(entry)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private static void remove(Path entry) throws IOException {
        if (!Files.exists(entry)) {
            return;
        }
        try (Stream<Path> all = Files.walk(entry)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
