package dev.bootproof.chaos.guest;

import dev.bootproof.events.Verdict;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a stand-in can play, each with the verdict that a lab without faults must give it. */
public enum Script {
    /** It boots, and its suite passes. */
    GOOD(Verdict.PASSED),
    /** It takes three seconds to boot. */
    SLOW_BOOT(Verdict.PASSED),
    /** Its kernel panics before there is any userspace. */
    PANIC_WHILE_BOOTING(Verdict.FAILED),
    /** Its kernel panics in the middle of the suite. */
    PANIC_WHILE_TESTING(Verdict.FAILED),
    /** It turns itself off in the middle of the suite. */
    POWER_OFF(Verdict.FAILED),
    /** It restarts again and again instead of coming up. */
    REBOOT_LOOP(Verdict.FAILED),
    /** Its suite fails. */
    FAILING_SUITE(Verdict.FAILED),
    /** Its suite does not end in its time. */
    HANGING_SUITE(Verdict.FAILED),
    /** Its SSH server takes two seconds to say who it is. */
    SLOW_BANNER(Verdict.PASSED),
    /** Its first connections are reset after some bytes. */
    RESET_AFTER_BYTES(Verdict.PASSED),
    /** The first command that waits for the suite never answers; the next connection is well. */
    HANG_COMMAND(Verdict.PASSED),
    /** Its process dies in the middle of the suite, which is the lab's fault. */
    DIES(Verdict.ERRORED);

    private final Verdict verdict;

    Script(Verdict verdict) {
        this.verdict = verdict;
    }

    /** What a lab without faults must say of it. */
    public Verdict verdict() {
        return verdict;
    }

    /** What may be said of it in a storm: the lab may always be unable to tell, and must never say more than that. */
    public List<Verdict> mayEnd() {
        return Stream.of(verdict, Verdict.ERRORED).distinct().toList();
    }

    /** The word in {@code standin.script=WORD}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The script of this word.
     *
     * @throws IllegalArgumentException naming all that there are
     */
    public static Script named(String word) {
        return Arrays.stream(values())
                .filter(script -> script.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no stand-in plays \"" + word + "\"; they play "
                        + Arrays.stream(values()).map(Script::word).collect(Collectors.joining(", "))));
    }
}
