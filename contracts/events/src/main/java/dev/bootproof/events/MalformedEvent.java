package dev.bootproof.events;

/** Something in an event is not what the contract says; the message names the field and says what to write instead. */
public final class MalformedEvent extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String field;

    /**
     * @param field the field at fault, or {@code body} for the whole event
     * @param sentence what is wrong with it and what to do
     */
    public MalformedEvent(String field, String sentence) {
        super(sentence);
        this.field = field;
    }

    /** The field at fault, or {@code body}. */
    public String field() {
        return field;
    }
}
