package dev.bootproof.local;

import dev.bootproof.events.RunId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The consoles of a run's machines: as they lie here, and of a run that is gone as its evidence has them. */
final class ConsoleView {
    private static final long MOST = 4L << 20;

    private final Lab lab;
    private final @Nullable RunId run;
    private final Map<Path, LogTail> tails = new TreeMap<>();

    /**
     * @param lab the lab
     * @param run whose consoles; null for nobody's
     */
    ConsoleView(Lab lab, @Nullable RunId run) {
        this.lab = lab;
        this.run = run;
    }

    /** What the consoles have shown so far. */
    List<LogEntry> past() {
        List<LogEntry> shown = next();
        return run == null || !shown.isEmpty() || !tails.isEmpty() ? shown : kept(run);
    }

    private List<LogEntry> kept(RunId of) {
        return PublisherClient.of(lab.running())
                .text("/runs/" + of + "/evidence/console.log")
                .map(text -> LogEntry.of(
                        "console", text.lines().toList(), lab.clock().instant()))
                .orElse(List.of());
    }

    /** What they have shown since. */
    List<LogEntry> next() {
        List<LogEntry> news = new ArrayList<>();
        if (run != null) {
            phases(lab.home().lab().run(run))
                    .forEach(phase -> tails.computeIfAbsent(
                                    phase,
                                    _ -> new LogTail(
                                            "console " + phase.getFileName(), phase.resolve("console.log"), MOST))
                            .read(news::add));
        }
        return news;
    }

    private static List<Path> phases(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(directory)) {
            return all.filter(phase -> phase.getFileName().toString().matches("p[0-9]+"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(directory + " cannot be read", e);
        }
    }
}
