package dev.bootproof.janitor;

import dev.bootproof.events.RunId;
import java.nio.file.Path;
import java.time.Instant;

/** Something in the lab that belongs to a run, and since when it is there. */
public sealed interface Holding {
    /** The run it belongs to. */
    RunId run();

    /** Since when it is there; of a directory, since when it is unchanged. */
    Instant since();

    /** What it is, for people. */
    String words();

    /**
     * A machine that runs.
     *
     * @param run the run it belongs to
     * @param name its name in the process table
     * @param pid its process
     * @param since when the process began
     */
    record Machine(RunId run, String name, long pid, Instant since) implements Holding {
        @Override
        public String words() {
            return "machine " + name;
        }
    }

    /**
     * Files of a run.
     *
     * @param run the run they belong to
     * @param path the directory or file
     * @param place the same relative to the lab's home
     * @param since when it was last changed
     */
    record Files(RunId run, Path path, Path place, Instant since) implements Holding {
        @Override
        public String words() {
            return "directory " + place;
        }
    }
}
