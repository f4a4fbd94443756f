package dev.bootproof.local;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Follows a run to its verdict and tells it as it goes. Failure: a publisher that goes away is asked again until it is
 * back, since the run goes on without it.
 *
 * @param publisher who tells
 * @param terminal where it is told
 * @param clock the time
 */
record Follow(PublisherClient publisher, Terminal terminal, Clock clock) {
    private static final Duration TICK = Duration.ofMillis(200);
    private static final Duration AGAIN = Duration.ofMillis(500);

    /**
     * Follows until the end.
     *
     * @param query what to follow
     * @param appears how long the run may take to appear
     * @return how it ended; empty where it never appeared
     */
    Optional<Ending> toTheEnd(String query, Duration appears) {
        var latest = new AtomicReference<Story>();
        var ended = new AtomicReference<Ending>();
        Thread reader = Thread.ofVirtual().start(() -> read(query, latest, ended));
        try {
            StoryTeller teller = new StoryTeller(terminal);
            if (!Patience.until(appears, () -> latest.get() != null)) {
                return Optional.empty();
            }
            Story told = null;
            while (ended.get() == null || told != latest.get()) {
                Story story = latest.get();
                if (story != told) {
                    teller.tell(story);
                    told = story;
                }
                terminal.passing(teller.now(story, clock.instant()));
                Story seen = told;
                Patience.until(TICK, () -> latest.get() != seen);
            }
            return Optional.of(ended.get());
        } finally {
            reader.interrupt();
            terminal.passing("");
        }
    }

    private void read(String query, AtomicReference<Story> latest, AtomicReference<Ending> ended) {
        while (ended.get() == null && !Thread.currentThread().isInterrupted()) {
            try {
                publisher.follow(query, story -> {
                    latest.set(story);
                    if (story.done() && story.verdict() != null) {
                        ended.set(story.verdict());
                    }
                });
            } catch (IOException e) {
                terminal.passing("  the publisher does not answer, trying again");
            }
            Patience.until(AGAIN, () -> ended.get() != null);
        }
    }
}
