package dev.bootproof.janitor.local;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bootproof.events.Digest;
import dev.bootproof.events.EventJson;
import dev.bootproof.events.LocalLab;
import dev.bootproof.events.MalformedEvent;
import dev.bootproof.events.Recipe;
import dev.bootproof.janitor.DiskStore;
import dev.bootproof.janitor.Inventory.Removal;
import dev.bootproof.janitor.Inventory.Unreadable;
import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The golden disks on this machine: {@code disks/<identity>/disk.json} says what each boots. */
@ApplicationScoped
class LocalDisks implements DiskStore {
    private static final String REMOVED = "removed-";
    private static final Duration STALE = Duration.ofDays(1);

    private final LocalLab lab;
    private final Clock clock;

    LocalDisks(LocalLab lab, Clock clock) {
        this.lab = lab;
        this.clock = clock;
    }

    @Override
    public List<GoldenDisk> disks() {
        List<GoldenDisk> disks = new ArrayList<>();
        for (Path path : children(lab.disks())) {
            disk(path).ifPresent(disks::add);
        }
        return disks;
    }

    private static Optional<GoldenDisk> disk(Path path) {
        try {
            JsonNode inputs =
                    EventJson.mapper().readTree(described(path).toFile()).path("inputs");
            Digest boots = new Digest(inputs.path("platformDigest").asText());
            Instant since = Files.getLastModifiedTime(described(path)).toInstant();
            String identity = path.getFileName().toString();
            return Optional.of(new GoldenDisk(identity, boots, recipe(inputs), since, new Tree(path).bytes()));
        } catch (IOException | MalformedEvent e) {
            Log.debugf("%s is no golden disk and is left alone: %s", path, e.getMessage());
            return Optional.empty();
        }
    }

    /** A recipe that cannot be read names no empty disk. */
    private static @Nullable Recipe recipe(JsonNode inputs) {
        try {
            return EventJson.mapper().convertValue(inputs.get("recipe"), Recipe.class);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static Path described(Path disk) {
        return disk.resolve("disk.json");
    }

    @Override
    public Removal remove(GoldenDisk disk) {
        Path path = lab.disk(disk.identity());
        Path out = lab.work().resolve(REMOVED + disk.identity());
        String words = "disk " + disk.identity();
        try {
            if (!Files.getLastModifiedTime(described(path)).toInstant().equals(disk.since())) {
                return new Removal.Left(words, "it was used meanwhile");
            }
            Files.createDirectories(lab.work());
            new Tree(out).remove();
            Files.move(path, out, StandardCopyOption.ATOMIC_MOVE);
            new Tree(out).remove();
            return new Removal.Gone(words, disk.bytes());
        } catch (IOException e) {
            return new Removal.Left(words, e.toString());
        }
    }

    @Override
    public List<Removal> finish() {
        return children(lab.work()).stream()
                .filter(path -> path.getFileName().toString().startsWith(REMOVED))
                .map(LocalDisks::finish)
                .toList();
    }

    private static Removal finish(Path out) {
        String words = "disk " + out.getFileName().toString().substring(REMOVED.length());
        try {
            Tree tree = new Tree(out);
            long bytes = tree.bytes();
            tree.remove();
            return new Removal.Gone(words, bytes);
        } catch (IOException e) {
            return new Removal.Left(words, e.toString());
        }
    }

    @Override
    public long staleWork() {
        Instant old = clock.instant().minus(STALE);
        return children(lab.work()).stream().filter(path -> half(path, old)).count();
    }

    private static boolean half(Path path, Instant instant) {
        try {
            return Files.isDirectory(path)
                    && Files.getLastModifiedTime(path).toInstant().isBefore(instant);
        } catch (IOException e) {
            return false;
        }
    }

    private static List<Path> children(Path directory) {
        if (!Files.exists(directory)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(directory)) {
            return children.toList();
        } catch (IOException e) {
            throw new Unreadable(directory + " cannot be looked at: " + e, e);
        }
    }
}
