package dev.bootproof.local;

import dev.bootproof.events.RunId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Says of a run that is kept until when, and how to get in.
 *
 * @param lab the lab
 * @param terminal where it is said
 */
record Kept(Lab lab, Terminal terminal) {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

    /** Waits for the janitor to say until when, which comes right after the verdict. */
    void tell(RunId run) {
        var known = new AtomicReference<Story>();
        boolean said = Patience.until(SOON, () -> {
            Story story = new KnownRuns(lab).story(run);
            known.set(story);
            return story.keptUntil(lab.clock().instant()).isPresent() || story.released();
        });
        if (said) {
            tell(known.get());
        } else {
            terminal.line("kept     nobody says until when: is the janitor up? (./bootproof status)");
        }
    }

    /** Says it of a run that is known to be kept, or gone already. */
    void tell(Story story) {
        Instant now = lab.clock().instant();
        Optional<Instant> until = story.keptUntil(now);
        if (until.isEmpty()) {
            terminal.line("kept     no longer");
            return;
        }
        terminal.line("kept     until " + clock(until.get(), now) + ", or until another run needs its memory");
        terminal.line("         ./bootproof ssh " + story.runId() + "      to look around");
        terminal.line("         ./bootproof release " + story.runId() + "  when done");
    }

    /** A time of today by the clock, another with its day. */
    static String clock(Instant at, Instant now) {
        ZoneId here = ZoneId.systemDefault();
        boolean today = at.atZone(here).toLocalDate().equals(now.atZone(here).toLocalDate());
        return (today ? TIME : DAY).format(at.atZone(here));
    }
}
