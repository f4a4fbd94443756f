package dev.bootproof.testrunner.source;

import dev.bootproof.events.LocalLab;
import dev.bootproof.events.RunId;
import java.nio.file.Path;
import java.util.List;

/** Suites from elsewhere: what a plan names, pinned once for a run, fetched once for all runs. */
public final class FetchedSuites {
    private final List<SuiteSource> sources;
    private final SuiteCache cache;
    private final PinBook pins;

    /**
     * @param sources the kinds of places
     * @param cache where it is kept
     * @param lab where runs note what they pinned
     */
    public FetchedSuites(List<SuiteSource> sources, SuiteCache cache, LocalLab lab) {
        this.sources = List.copyOf(sources);
        this.cache = cache;
        this.pins = new PinBook(lab);
    }

    /**
     * A suite that was fetched.
     *
     * @param origin where from, pinned
     * @param directory where it lies here
     */
    public record Fetched(String origin, Path directory) {}

    /**
     * The suite that this source names.
     *
     * @throws dev.bootproof.stage.StageFault when there is none, or it cannot be had
     */
    public Fetched fetch(RunId run, String text) {
        SourceRef named = SourceRef.parse(text);
        SuiteSource source = sources.stream()
                .filter(candidate -> candidate.serves(named.scheme()))
                .findFirst()
                .orElseThrow(() -> named.missing(named.scheme() + " is not spoken here: write git+https or oci"));
        SourceRef pinned = pins.pin(run, named, source::pin);
        Path all = cache.get(pinned, directory -> source.fetch(pinned, directory));
        return new Fetched(pinned.toString(), pinned.path().isEmpty() ? all : all.resolve(pinned.path()));
    }
}
