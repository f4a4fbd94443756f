package dev.bootproof.registry;

import dev.bootproof.events.Fault;
import org.jspecify.annotations.Nullable;

/** A registry did not do what it was asked for; the message is evidence that may be published. */
public final class RegistryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /**
     * @param kind what kind of failure it is
     * @param evidence the reference and what the registry said
     * @param cause what it was noticed by, or null
     */
    public RegistryException(Kind kind, String evidence, @Nullable Throwable cause) {
        super(evidence, cause);
        this.kind = kind;
    }

    /** What kind of failure it is. */
    public Kind kind() {
        return kind;
    }

    /** The row of the fault table. */
    public Fault fault() {
        return switch (kind) {
            case UNAVAILABLE -> Fault.REGISTRY_UNAVAILABLE;
            case REFUSED -> Fault.REGISTRY_REFUSED;
            case NOT_FOUND -> Fault.IMAGE_NOT_FOUND;
            case MISMATCH -> Fault.DIGEST_MISMATCH;
        };
    }

    /** What kind of failure it is. */
    public enum Kind {
        /** No answer, or one that says: later. Another attempt may go well. */
        UNAVAILABLE,
        /** The registry knows us and says no, or does not know us. */
        REFUSED,
        /** There is no such thing. */
        NOT_FOUND,
        /** Other bytes than the digest names. */
        MISMATCH;

        /** The kind that an HTTP status means. */
        static Kind ofStatus(int status) {
            return switch (status) {
                case 404 -> NOT_FOUND;
                case 408, 429 -> UNAVAILABLE;
                default -> status >= 400 && status < 500 ? REFUSED : UNAVAILABLE;
            };
        }
    }
}
