package dev.bootproof.local;

/** Something that a person has to know and can do something about; it becomes two lines and an exit code. */
final class Trouble extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Exit code of wrong usage, which includes a lab that is not up. */
    static final int USAGE = 2;

    /** Exit code of a lab that could not do it. */
    static final int LAB = 3;

    private final String advice;
    private final int exitCode;

    private Trouble(String sentence, String advice, int exitCode) {
        super(sentence);
        this.advice = advice;
        this.exitCode = exitCode;
    }

    /** The person asked for something that cannot be. */
    static Trouble usage(String sentence, String advice) {
        return new Trouble(sentence, advice, USAGE);
    }

    /** The lab could not do what it was asked. */
    static Trouble lab(String sentence, String advice) {
        return new Trouble(sentence, advice, LAB);
    }

    /** What to do next. */
    String advice() {
        return advice;
    }

    int exitCode() {
        return exitCode;
    }
}
