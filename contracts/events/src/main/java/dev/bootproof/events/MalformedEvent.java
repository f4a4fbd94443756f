package dev.bootproof.events;

/**
 * Something in an event is not what the contract says; the message names the field and says what to write instead. Both
 * are made plain and bounded: they repeat what somebody wrote, and go into headers, verdicts and logs.
 */
public final class MalformedEvent extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private static final int LONGEST_SENTENCE = 600;
    private static final int LONGEST_FIELD = 120;

    private final String field;

    /**
     * @param field the field at fault, or {@code body} for the whole event
     * @param sentence what is wrong with it and what to do
     */
    public MalformedEvent(String field, String sentence) {
        super(PlainText.line(sentence, LONGEST_SENTENCE));
        this.field = PlainText.line(field, LONGEST_FIELD);
    }

    /** The field at fault, or {@code body}. */
    public String field() {
        return field;
    }
}
