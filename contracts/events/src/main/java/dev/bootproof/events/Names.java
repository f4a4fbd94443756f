package dev.bootproof.events;

/** Every name that derives from a run or a digest. */
public final class Names {
    /** The artifact type of a phase's evidence. */
    public static final String EVIDENCE_TYPE = "application/vnd.bootproof.evidence.v1+json";

    /** The artifact type of a run's result, which refers to the tested digest. */
    public static final String RESULT_TYPE = "application/vnd.bootproof.result.v1+json";

    /** The file in an evidence artifact that says what came of the phase. */
    public static final String PHASE_RESULT = "phase.json";

    /** The file in a result artifact that says what came of the run: the {@link TestsDone} that counts. */
    public static final String RUN_RESULT = "result.json";

    private static final String PREFIX = "bootproof-";

    private Names() {}

    /** A machine: unique in the lab, a DNS label, short enough for a unit and a window title. */
    public static String machine(RunId run, int phase) {
        return PREFIX + run + "-p" + phase;
    }

    /** The tag of a phase's evidence. */
    public static String evidenceTag(RunId run, int phase) {
        return run + "-p" + phase;
    }

    /** The tag of a run's result. */
    public static String resultTag(RunId run) {
        return run + "-result";
    }

    /** The tag of a run's signed verdict, which refers to the tested digest. */
    public static String attestationTag(RunId run) {
        return run + "-attestation";
    }

    /** The tag under which cosign 2 and older look for all signed statements about a digest. */
    public static String attestationsTag(Digest subject) {
        return referrersTag(subject) + ".att";
    }

    /** The tag of the newest picture of this suite on this stream, for those who embed it. */
    public static String screenshotTag(ImageRef stream, String suite) {
        return RunId.slug(stream) + "-" + suite + "-latest";
    }

    /** The unit under which a suite runs in the guest; its existence is what keeps it from running twice. */
    public static String unit(String suite) {
        return PREFIX + suite + ".service";
    }

    /** The tag under which referrers are listed where a registry has no referrers API (OCI distribution 1.1). */
    public static String referrersTag(Digest subject) {
        return "sha256-" + subject.hex();
    }
}
