package dev.bootproof.publisher;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What came of an attempt to tell somebody. */
sealed interface Outcome {
    /** It knows. */
    record Told(String said) implements Outcome {}

    /**
     * Another attempt may go well.
     *
     * @param why what hindered this one
     * @param after how long it asked to be left alone; null where it did not
     */
    record Later(String why, @Nullable Duration after) implements Outcome {}

    /** No attempt will go well. */
    record Never(String why) implements Outcome {}

    /** There is nothing to tell it. */
    record Nothing(String why) implements Outcome {}
}
