package dev.bootproof.events;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the lab's canary says: an image that is known to be good goes through the whole pipeline, and while it does not
 * pass, the lab is unwell and nobody else's failure counts. Folded from {@code tests-done}; records of different
 * partitions may come in any order.
 *
 * @param words what it said from its last good word on, oldest first
 */
public record Canary(List<Word> words) {
    /** Nothing was heard of it. */
    public static final Canary SILENT = new Canary(List.of());

    /** Ends that say nothing about the lab: somebody took the run away. */
    private static final Set<Fault> NO_WORD = EnumSet.of(Fault.SUPERSEDED, Fault.CANCELLED);

    /** The longest reason that is repeated. */
    private static final int REASON = 400;

    public Canary {
        words = List.copyOf(words);
    }

    /** What it says after this verdict, which may be anybody's. */
    public Canary after(TestsDone done) {
        if (!done.canary() || (done.fault() != null && NO_WORD.contains(done.fault())) || knows(done.runId())) {
            return this;
        }
        List<Word> more = new ArrayList<>(words);
        more.add(new Word(done.runId(), done.image(), done.verdict(), bounded(done.reason()), done.finishedAt()));
        more.sort(Comparator.comparing(Word::at));
        return new Canary(more.subList(lastGood(more), more.size()));
    }

    private boolean knows(RunId run) {
        return words.stream().anyMatch(word -> word.runId().equals(run));
    }

    private static int lastGood(List<Word> words) {
        for (int n = words.size() - 1; n > 0; n--) {
            if (words.get(n).good()) {
                return n;
            }
        }
        return 0;
    }

    private static String bounded(String reason) {
        return reason.length() <= REASON ? reason : reason.substring(0, REASON) + " ...";
    }

    /** What it said last. */
    public Optional<Word> last() {
        return words.isEmpty() ? Optional.empty() : Optional.of(words.getLast());
    }

    /**
     * What ails the lab; empty while it is well, and while too long ago was heard of the canary to tell.
     *
     * @param oldest what it said before this does not count any more
     */
    public Optional<Trouble> trouble(Instant oldest) {
        return last().filter(word -> !word.good() && !word.at().isBefore(oldest))
                .map(word -> new Trouble(since(), word));
    }

    private Instant since() {
        return words.stream()
                .filter(word -> !word.good())
                .map(Word::at)
                .findFirst()
                .orElseThrow();
    }

    /**
     * How one run of the canary ended.
     *
     * @param runId the run
     * @param image the image
     * @param verdict how it ended
     * @param reason the sentence of its verdict, bounded
     * @param at when that was decided
     */
    public record Word(RunId runId, ImageRef image, Verdict verdict, String reason, Instant at) {
        /** Whether the lab is well by this. */
        public boolean good() {
            return verdict == Verdict.PASSED;
        }
    }

    /**
     * The lab is unwell.
     *
     * @param since when the canary first did not pass
     * @param last what it said last
     */
    public record Trouble(Instant since, Word last) {
        /** The sentence of it. */
        public String sentence() {
            return "the canary %s %s at %s: %s"
                    .formatted(last.image(), last.verdict().word(), last.at(), last.reason());
        }

        /** What a run is told that failed meanwhile. */
        public String evidence(String failure) {
            return sentence() + "; of this run the lab would have said: " + failure;
        }
    }
}
