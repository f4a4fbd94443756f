package dev.bootproof.chaos;

import java.io.PrintStream;

/**
 * The driver's own table: what it fired, what struck, how it ended.
 *
 * @param ledger what was fired and how it ended
 * @param weather what struck
 * @param out where it is told
 */
record Verdicts(Ledger ledger, Weather weather, PrintStream out) {
    /** Tells it. */
    void tell() {
        out.println();
        out.println("runs      " + ledger.size());
        out.println("faults    " + weather.struck());
        out.println("verdicts  " + ledger.verdicts());
        out.println("open      " + ledger.open());
    }
}
