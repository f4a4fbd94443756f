package dev.bootproof.events;

/** The headers that a record gets when it is put aside, beside those that it had. */
public final class DeadLetter {
    /** The sentence that says what is wrong and what to do. */
    public static final String REASON = "dead-letter-reason";

    /** The field at fault, or {@code body}. */
    public static final String FIELD = "dead-letter-field";

    /** The topic that it was written to. */
    public static final String TOPIC = "dead-letter-topic";

    /** Its partition there. */
    public static final String PARTITION = "dead-letter-partition";

    /** Its offset there. */
    public static final String OFFSET = "dead-letter-offset";

    /** When it was written there, in ISO 8601. */
    public static final String TIME = "dead-letter-time";

    /** How all of them begin. */
    public static final String PREFIX = "dead-letter-";

    private DeadLetter() {}
}
