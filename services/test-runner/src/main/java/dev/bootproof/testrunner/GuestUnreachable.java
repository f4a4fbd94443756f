package dev.bootproof.testrunner;

/** There is no connection to a guest, or not any more; says nothing yet about why. */
public final class GuestUnreachable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param evidence what was noticed
     * @param cause what it was noticed by
     */
    public GuestUnreachable(String evidence, Throwable cause) {
        super(evidence, cause);
    }
}
