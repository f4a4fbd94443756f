package dev.bootproof.events;

import static dev.bootproof.events.Fault.Retry.AGAIN;
import static dev.bootproof.events.Fault.Retry.NEVER;
import static dev.bootproof.events.Verdict.ERRORED;
import static dev.bootproof.events.Verdict.FAILED;
import static dev.bootproof.events.Verdict.SKIPPED;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * The fault table: what is the image's fault and what is the lab's, decided in this one place. Each row is a class of
 * fault, the verdict it means, the sentence people read ({@code %s} is the evidence) and whether the poller fires the
 * run again.
 */
public enum Fault {
    // Making the disk
    UNKNOWN_PLAN(ERRORED, "the catalog does not know the plan: %s", NEVER),
    REGISTRY_UNAVAILABLE(ERRORED, "the registry did not answer: %s", AGAIN),
    REGISTRY_REFUSED(ERRORED, "the registry refused us: %s", NEVER),
    IMAGE_NOT_FOUND(ERRORED, "the registry has no such image: %s", NEVER),
    DIGEST_MISMATCH(ERRORED, "the registry served other bytes than the digest names: %s", AGAIN),
    UNSUPPORTED(SKIPPED, "not supported: %s", NEVER),
    IMAGE_UNREADABLE(FAILED, "the image cannot be unpacked: %s", NEVER),
    IMAGE_TOO_LARGE(ERRORED, "the image does not fit the disk of its plan: %s", NEVER),
    TOOL_MISSING(ERRORED, "a tool is missing in the lab: %s", NEVER),
    TOOL_FAILED(ERRORED, "a tool of the lab failed: %s", AGAIN),
    DISK_FULL(ERRORED, "the lab's disk is full: %s", AGAIN),
    BUILD_TIMEOUT(ERRORED, "the disk was not made in its time: %s", AGAIN),

    // Booting the machine
    NOTHING_TO_BOOT(FAILED, "the firmware found nothing to boot: %s", NEVER),
    KERNEL_PANIC(FAILED, "the kernel panicked: %s", NEVER),
    ROOT_NOT_FOUND(FAILED, "the kernel or initramfs did not find its root: %s", NEVER),
    EMERGENCY_MODE(FAILED, "the boot ended in emergency mode: %s", NEVER),
    POWERED_OFF(FAILED, "the machine turned itself off: %s", NEVER),
    REBOOT_LOOP(FAILED, "the machine rebooted instead of coming up: %s", NEVER),
    BOOT_STALLED(ERRORED, "the boot stalled twice without saying why: %s", AGAIN),
    NO_WAY_IN(SKIPPED, "no way in: %s", NEVER),
    MACHINE_NOT_STARTED(ERRORED, "the lab could not start the machine: %s", AGAIN),
    MACHINE_KILLED(ERRORED, "the machine was killed from outside: %s", AGAIN),
    SNAPSHOT_FAILED(ERRORED, "the machine could not be saved and put back: %s", AGAIN),
    MACHINE_PAUSED(ERRORED, "the machine was stopped by the host: %s", AGAIN),

    // Running the suites
    SUITE_FAILED(FAILED, "%s", NEVER),
    SUITE_TIMEOUT(FAILED, "a suite did not end in its time: %s", NEVER),
    STEP_FAILED(FAILED, "a step between the suites failed: %s", NEVER),
    REBOOT_FAILED(FAILED, "the machine did not come back after a restart: %s", NEVER),
    SUITE_UNREADABLE(ERRORED, "a suite left no readable result: %s", AGAIN),
    SUITE_MISSING(ERRORED, "the lab has no such suite: %s", NEVER),
    SUITE_SOURCE_UNAVAILABLE(ERRORED, "a suite could not be fetched: %s", AGAIN),
    WRONG_DIGEST(ERRORED, "the machine does not run the digest under test: %s", NEVER),
    GUEST_LOST(ERRORED, "the connection to the guest was lost: %s", AGAIN),
    HOST_KEY_CHANGED(ERRORED, "the guest's host key is not the run's: %s", AGAIN),
    EVIDENCE_NOT_KEPT(ERRORED, "the evidence could not be stored: %s", AGAIN),

    // Anywhere
    NO_ROOM(ERRORED, "the lab had no room in time: %s", AGAIN),
    DEADLINE(ERRORED, "the run did not end in its time: %s", AGAIN),
    LAB_BUG(ERRORED, "the lab has a bug: %s", NEVER),
    LAB_UNWELL(ERRORED, "the lab is unwell: %s", AGAIN),
    CANCELLED(SKIPPED, "cancelled by %s", NEVER),
    NO_IMAGE(SKIPPED, "there is no image to test: %s", NEVER),
    SUPERSEDED(SKIPPED, "superseded: %s", NEVER);

    /** Whether the poller fires an errored run again. */
    public enum Retry {
        /** It would end the same way. */
        NEVER,
        /** Another attempt may go well. */
        AGAIN
    }

    private static final int EVIDENCE = 1000;

    private final Verdict verdict;
    private final String sentence;
    private final Retry retry;

    Fault(Verdict verdict, String sentence, Retry retry) {
        this.verdict = verdict;
        this.sentence = sentence;
        this.retry = retry;
    }

    /** What it means. */
    public Verdict verdict() {
        return verdict;
    }

    /** The sentence people read, with this evidence in it, which may be a stranger's: on one line, plain and bounded. */
    public String sentence(String evidence) {
        return sentence.formatted(PlainText.line(evidence, EVIDENCE));
    }

    /** Whether the poller fires the run again. */
    public Retry retry() {
        return retry;
    }

    /** The word on the wire. */
    @JsonValue
    public String word() {
        return Words.of(this);
    }

    /** The fault with this word. */
    @JsonCreator
    public static Fault of(String word) {
        return Words.pick(Fault.class, "fault", word);
    }
}
