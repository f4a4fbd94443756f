package dev.bootproof.vmprovisioner;

import dev.bootproof.events.Fault;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Why a machine is not saved, put back or booted afresh, in a sentence for people. */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final @Nullable Fault fault;

    /** Because of this. */
    public Refusal(String sentence) {
        super(sentence);
        this.fault = null;
    }

    /** Because of this, which is a row of the fault table. */
    public Refusal(Fault fault, String evidence) {
        super(fault.sentence(evidence));
        this.fault = fault;
    }

    /** The row of the fault table, where there is one. */
    public Optional<Fault> fault() {
        return Optional.ofNullable(fault);
    }

    /** The sentence. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
