package dev.bootproof.chaos;

import dev.bootproof.events.DigestChanged;
import dev.bootproof.events.RunId;
import dev.bootproof.events.TestsDone;
import dev.bootproof.events.Verdict;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What was fired and how it ended so far, and what of that is written down for the accountant: {@code fired.jsonl}. */
final class Ledger {
    private final JsonLines fired;
    private final Clock clock;
    private final Map<String, List<Verdict>> plans;
    private volatile Map<String, String> streams = Map.of();
    private final Map<RunId, @Nullable Verdict> runs = new LinkedHashMap<>();
    private final Set<RunId> written = new HashSet<>();
    private int typed;

    private record Line(
            Instant at,
            String run,
            String image,
            @Nullable String plan,
            @Nullable String stream,
            List<Verdict> mayEnd) {}

    /**
     * @param plans what may be said of the runs of each plan
     */
    Ledger(Path directory, Clock clock, Map<String, List<Verdict>> plans) {
        this.fired = new JsonLines(directory.resolve("fired.jsonl"));
        this.clock = clock;
        this.plans = Map.copyOf(plans);
    }

    /** Tells it the plan of each watched stream. */
    void watched(Map<String, String> plansOfStreams) {
        streams = Map.copyOf(plansOfStreams);
    }

    /** A run has begun; the same again is nothing new. */
    synchronized void begun(RunId run, DigestChanged event) {
        if (!written.add(run)) {
            return;
        }
        runs.putIfAbsent(run, null);
        typed += event.stream() == null ? 1 : 0;
        String plan = event.plan() != null ? event.plan() : streams.get(String.valueOf(event.stream()));
        Set<Verdict> may = new TreeSet<>(plan == null ? List.of() : plans.getOrDefault(plan, List.of()));
        if (event.stream() != null && !may.isEmpty()) {
            may.add(Verdict.SKIPPED);
        }
        fired.append(new Line(
                clock.instant(), run.value(), event.image().toString(), plan, event.stream(), List.copyOf(may)));
    }

    /** A run has ended; the first end counts. */
    synchronized void ended(RunId run, TestsDone done) {
        if (runs.get(run) == null) {
            runs.put(run, done.verdict());
        }
    }

    /** The runs without a verdict. */
    synchronized List<RunId> open() {
        return runs.entrySet().stream()
                .filter(run -> run.getValue() == null)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** How many runs there are. */
    synchronized int size() {
        return runs.size();
    }

    /** How many of them nobody watched a stream for. */
    synchronized int typed() {
        return typed;
    }

    /** How many ended how. */
    synchronized Map<Verdict, Integer> verdicts() {
        Map<Verdict, Integer> counts = new TreeMap<>();
        runs.values().stream()
                .filter(verdict -> verdict != null)
                .forEach(verdict -> counts.merge(verdict, 1, Integer::sum));
        return counts;
    }
}
