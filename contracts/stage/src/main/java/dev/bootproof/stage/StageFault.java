package dev.bootproof.stage;

import dev.bootproof.events.Fault;
import dev.bootproof.events.PhaseResult;
import java.util.List;

/** A run cannot go on; the fault table says what that means. */
public final class StageFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Fault fault;
    private final String evidence;
    private final transient List<PhaseResult> phases;

    /**
     * @param fault the row of the fault table
     * @param evidence what was seen, to stand in the row's sentence
     */
    public StageFault(Fault fault, String evidence) {
        this(fault, evidence, List.of());
    }

    /**
     * @param fault the row of the fault table
     * @param evidence what was seen, to stand in the row's sentence
     * @param phases what came of the phases that began
     */
    public StageFault(Fault fault, String evidence, List<PhaseResult> phases) {
        super(fault.sentence(evidence));
        this.fault = fault;
        this.evidence = evidence;
        this.phases = List.copyOf(phases);
    }

    /** The row of the fault table. */
    public Fault fault() {
        return fault;
    }

    /** What was seen. */
    public String evidence() {
        return evidence;
    }

    /** What came of the phases that began. */
    public List<PhaseResult> phases() {
        return phases;
    }
}
