package dev.bootproof.chaos.accountant;

/** Something that is there on the host when the books are read. */
public sealed interface Seen {
    /** Everything in which a run's name may be. */
    String text();

    /**
     * A process.
     *
     * @param pid its number
     * @param command its arguments, separated by blanks
     * @param surroundings its working directory, and the variables of its environment that name the lab
     */
    record Running(long pid, String command, String surroundings) implements Seen {
        @Override
        public String text() {
            return command + " " + surroundings;
        }
    }

    /**
     * A file or directory, which names all that is below it.
     *
     * @param root what lies there: the lab's {@code runs}, {@code work} or {@code disks}, or a temporary directory
     * @param path its path
     */
    record Entry(Root root, String path) implements Seen {
        @Override
        public String text() {
            return path;
        }
    }

    /** Where an entry lies. */
    enum Root {
        /** A directory for each run. */
        RUNS,
        /** What is being made. */
        WORK,
        /** Golden disks. */
        DISKS,
        /** Directly in the lab's home. */
        HOME,
        /** The host's directory for temporary files. */
        TEMPORARY
    }
}
