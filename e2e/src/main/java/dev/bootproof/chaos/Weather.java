package dev.bootproof.chaos;

import dev.bootproof.chaos.hazard.Hazard;
import dev.bootproof.chaos.hazard.Mending;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Strikes one hazard after another and mends each after a while, until it is told to end; what it did is written down in
 * {@code hazards.jsonl}. Every hazard is struck once before the dice decide.
 *
 * <p>Failure: a mending that fails is tried twice more; then the weather ends with that failure.
 */
final class Weather {
    private static final Duration CALM = Duration.ofSeconds(4);
    private static final Duration LASTS = Duration.ofSeconds(6);
    private static final int MENDINGS = 3;

    private final ChaosLab lab;
    private final List<Hazard> hazards;
    private final Random random;
    private final Clock clock;
    private final JsonLines book;
    private final Consumer<String> teller;
    private final Map<String, Integer> struck = new TreeMap<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private @Nullable Thread thread;
    private volatile @Nullable IOException failure;

    private record Line(
            Instant at,
            String hazard,
            @Nullable String target,
            @Nullable Instant mendedAt) {}

    Weather(ChaosLab lab, List<Hazard> hazards, Random random, Clock clock, Consumer<String> teller) {
        this.lab = lab;
        List<Hazard> shuffled = new ArrayList<>(hazards);
        Collections.shuffle(shuffled, random);
        this.hazards = List.copyOf(shuffled);
        this.random = random;
        this.clock = clock;
        this.teller = teller;
        this.book = new JsonLines(lab.directory().resolve("hazards.jsonl"));
    }

    /** Begins. */
    void begin() {
        thread = Thread.ofPlatform().name("weather").start(this::storm);
    }

    /**
     * Ends, after the last mending.
     *
     * @throws IOException when something could not be mended
     */
    void end() throws IOException {
        over.countDown();
        try {
            if (thread != null) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        IOException failed = failure;
        if (failed != null) {
            throw failed;
        }
    }

    /** How often which hazard struck. */
    synchronized Map<String, Integer> struck() {
        return new TreeMap<>(struck);
    }

    /** Whether every hazard has struck. */
    synchronized boolean complete() {
        return hazards.stream().allMatch(hazard -> struck.containsKey(hazard.name()));
    }

    private void storm() {
        try {
            for (int turn = 0; !lets(CALM) && !hazards.isEmpty(); turn++) {
                int choice = random.nextInt(hazards.size());
                strike(hazards.get(turn < hazards.size() ? turn : choice));
            }
        } catch (IOException e) {
            failure = e;
        }
    }

    private void strike(Hazard hazard) throws IOException {
        Instant at = clock.instant();
        Mending mending;
        try {
            mending = hazard.strike(lab, random);
        } catch (IOException | RuntimeException e) {
            teller.accept(hazard.name() + " did not strike: " + e.getMessage());
            note(hazard.name());
            return;
        }
        note(hazard.name());
        boolean _ = lets(LASTS);
        mend(hazard, mending);
        book.append(new Line(at, hazard.name(), null, clock.instant()));
    }

    private void mend(Hazard hazard, Mending mending) throws IOException {
        for (int tries = 1; ; tries++) {
            try {
                mending.mend();
                return;
            } catch (IOException | RuntimeException e) {
                teller.accept(hazard.name() + " was not mended: " + e.getMessage());
                if (tries == MENDINGS) {
                    throw new IOException(hazard.name() + " could not be mended: " + e.getMessage(), e);
                }
            }
        }
    }

    private synchronized void note(String hazard) {
        struck.merge(hazard, 1, Integer::sum);
    }

    /** Lets up to this time pass; says whether it is over. */
    private boolean lets(Duration most) {
        try {
            return over.await(random.nextLong(most.toMillis() / 4, most.toMillis()), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
