package dev.bootproof.local;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bootproof.events.Digest;
import dev.bootproof.events.EventJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The demo OS onto a filesystem with nothing but tar and mkfs.
 *
 * @param layout its OCI layout
 * @param terminal where it is told
 */
record BenchDisk(Path layout, Terminal terminal) {
    private static final int TIMES = 3;
    private static final int MEGA = 1_000_000;

    /** The median of some times; what tar unpacks and what mkfs reads is in the host's cache, as it is for the lab. */
    Duration measure(BenchTable table) {
        table.heading("the same disk by hand: tar x, mkfs.ext4 -d");
        List<Duration> times = new ArrayList<>();
        long bytes = 0;
        for (int n = 0; n < TIMES; n++) {
            terminal.passing("  disk " + (n + 1) + " of " + TIMES);
            Path place = temporary();
            try {
                times.add(once(place));
                bytes = Home.bytesBelow(place.resolve("root"));
            } finally {
                remove(place);
            }
        }
        Duration median = new Quantiles(times).median();
        double rate = bytes / 1e6 / (median.toMillis() / 1e3);
        table.figure(
                "disk by hand",
                BenchTable.seconds(median) + String.format(Locale.ROOT, ", %d MB, %.0f MB/s", bytes / MEGA, rate));
        return median;
    }

    private Duration once(Path place) {
        ByHand tools = new ByHand(place.resolve("log"));
        Path root = place.resolve("root");
        Duration all = tools.run(List.of("mkdir", root.toString()));
        for (Path layer : layers()) {
            all = all.plus(
                    tools.run(List.of("tar", "-C", root.toString(), "--exclude=./dev/*", "-xpf", layer.toString())));
        }
        return all.plus(tools.run(List.of(
                "mkfs.ext4",
                "-q",
                "-d",
                root.toString(),
                place.resolve("disk.raw").toString(),
                "2048M")));
    }

    private List<Path> layers() {
        try {
            JsonNode index =
                    EventJson.mapper().readTree(layout.resolve("index.json").toFile());
            JsonNode manifest = EventJson.mapper()
                    .readTree(blob(index.path("manifests").get(0)).toFile());
            return StreamSupport.stream(manifest.path("layers").spliterator(), false)
                    .map(this::blob)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(layout + " could not be read", e);
        }
    }

    private Path blob(JsonNode descriptor) {
        return layout.resolve("blobs/sha256")
                .resolve(new Digest(descriptor.path("digest").asText()).hex());
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("bp-bench");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void remove(Path place) {
        try (Stream<Path> all = Files.walk(place)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(place + " could not be removed", e);
        }
    }
}
