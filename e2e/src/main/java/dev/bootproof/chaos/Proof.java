package dev.bootproof.chaos;

import dev.bootproof.chaos.hazard.Hazard;
import dev.bootproof.events.RunId;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One storm from an empty lab to the accountant's table.
 *
 * @param wish what kind of storm
 * @param site where it takes place
 * @param clock the time
 * @param out where it tells
 */
record Proof(Wish wish, Site site, Clock clock, PrintStream out) {
    private static final Duration PROGRESS = Duration.ofSeconds(10);
    private static final Duration AFTER_THE_STORM = Duration.ofMinutes(4);
    private static final Duration AFTER_A_REAL_STORM = Duration.ofMinutes(20);

    /**
     * What kind of storm.
     *
     * @param runs how many runs are fired
     * @param open how many are open at a time
     * @param seed what the dice begin with
     * @param faults what may strike
     * @param real whether machines are real
     * @param keep whether the lab is left as it is
     */
    record Wish(int runs, int open, long seed, List<Hazard> faults, boolean real, boolean keep) {
        Wish {
            faults = List.copyOf(faults);
        }
    }

    /** Runs it and says whether the claim holds. */
    boolean run() throws IOException {
        Path directory = site.directory(wish.seed());
        try (Peer peer = Peer.listen(directory, clock)) {
            Ledger ledger = new Ledger(directory, clock, Repertoire.plans());
            StormLab lab = StormLab.in(site.home(), directory, site.environment(), wish, ledger::open);
            out.println("the lab is " + lab.home() + ", the storm's files are in " + directory);
            try (LastResort _ = LastResort.of(wish.keep() ? () -> {} : lab::down)) {
                Repertoire repertoire = lab.up(peer.url());
                ledger.watched(repertoire.streamPlans());
                return storm(lab, repertoire, ledger);
            }
        }
    }

    private boolean storm(StormLab lab, Repertoire repertoire, Ledger ledger) throws IOException {
        Weather weather = new Weather(lab, wish.faults(), new Random(wish.seed() ^ 1), clock, out::println);
        Storm storm = new Storm(wish.runs(), wish.open(), ledger, clock);
        Runnable told = progress(ledger, weather);
        try (Ears _ = new Ears(lab.bootstrap(), ledger::begun, ledger::ended);
                Shots shots = new Shots(lab.bootstrap(), repertoire, images(lab))) {
            shots.prepare();
            weather.begin();
            storm.fire(shots, new Random(wish.seed()), told);
            weather.end();
            List<RunId> left = storm.awaitEnds(wish.real() ? AFTER_A_REAL_STORM : AFTER_THE_STORM, told);
            out.println(left.isEmpty() ? "all have ended" : "still open: " + left);
        }
        new Verdicts(ledger, weather, out).tell();
        return new Settlement(lab, clock, out).balanced();
    }

    private Path images(StormLab lab) throws IOException {
        return wish.real() ? site.demo() : lab.directory().resolve("images");
    }

    /** Says every few seconds how it goes. */
    private Runnable progress(Ledger ledger, Weather weather) {
        Instant began = clock.instant();
        AtomicReference<Instant> last = new AtomicReference<>(began);
        return () -> {
            Instant now = clock.instant();
            if (now.isBefore(last.get().plus(PROGRESS))) {
                return;
            }
            last.set(now);
            int struck = weather.struck().values().stream().mapToInt(n -> n).sum();
            out.printf(
                    "%4d s  %d runs, %d open, %s, %d faults%n",
                    Duration.between(began, now).toSeconds(),
                    ledger.size(),
                    ledger.open().size(),
                    ledger.verdicts(),
                    struck);
        };
    }
}
