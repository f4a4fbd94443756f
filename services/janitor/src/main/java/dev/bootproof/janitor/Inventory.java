package dev.bootproof.janitor;

import dev.bootproof.events.RunId;
import java.util.List;

/**
 * What the lab has, and how it is taken away.
 *
 * <p>Failure: who cannot look says so by {@link Unreadable}, and nothing may be removed on the word of such a look.
 * A removal that fails leaves what it could not remove and says why; doing it again is safe at any time.
 */
public interface Inventory {
    /** Everything that belongs to runs. */
    Found look();

    /** Takes it away, if it is still what it was when it was found. */
    Removal remove(Holding holding);

    /** What is there of one run. */
    default List<Holding> of(RunId run) {
        return look().holdings().stream()
                .filter(holding -> holding.run().equals(run))
                .toList();
    }

    /**
     * What a look found.
     *
     * @param holdings what belongs to runs
     * @param strangers what lies where only runs should, and is left alone
     */
    record Found(List<Holding> holdings, List<String> strangers) {
        public Found {
            holdings = List.copyOf(holdings);
            strangers = List.copyOf(strangers);
        }
    }

    /** What came of a removal. */
    sealed interface Removal {
        /**
         * It is gone.
         *
         * @param words what it was
         * @param bytes what that freed on disk
         */
        record Gone(String words, long bytes) implements Removal {}

        /**
         * It is still there.
         *
         * @param words what it is
         * @param why what went wrong
         */
        record Left(String words, String why) implements Removal {}
    }

    /** The lab could not be looked at. */
    final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        /**
         * @param sentence what could not be read
         * @param cause why
         */
        public Unreadable(String sentence, Throwable cause) {
            super(sentence, cause);
        }
    }
}
