package dev.bootproof.local;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

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
    private static final Duration HINT = Duration.ofSeconds(15);
    private static final Duration TAKEN = Duration.ofMinutes(3);

    /**
     * Follows until the end.
     *
     * @param query what to follow
     * @param appears how long the run may take to appear
     * @return how it ended; empty where it never appeared, or no stage took it
     */
    Optional<Ending> toTheEnd(String query, Duration appears) {
        BlockingQueue<Story> stories = new LinkedBlockingQueue<>();
        AtomicBoolean over = new AtomicBoolean();
        Thread.ofVirtual().start(() -> read(query, stories, over));
        try {
            Story first = stories.poll(appears.toMillis(), TimeUnit.MILLISECONDS);
            return first == null ? Optional.empty() : tell(first, stories);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Trouble.lab("interrupted", "the run goes on; ./bootproof runs lists it");
        } finally {
            over.set(true);
        }
    }

    private Optional<Ending> tell(Story first, BlockingQueue<Story> stories) throws InterruptedException {
        StoryTeller teller = new StoryTeller(terminal);
        Instant begun = clock.instant();
        Story story = first;
        tell(teller, story);
        while (!story.done()) {
            Duration waited = Duration.between(begun, clock.instant());
            if (!story.taken() && waited.compareTo(TAKEN) > 0) {
                return Optional.empty();
            }
            if (!story.taken() && waited.compareTo(HINT) > 0) {
                teller.waits();
            }
            terminal.passing(teller.now(story, clock.instant()));
            Story next = stories.poll(TICK.toMillis(), TimeUnit.MILLISECONDS);
            if (next != null) {
                story = next;
                tell(teller, story);
            }
        }
        terminal.passing("");
        return Optional.ofNullable(story.verdict());
    }

    /** The boot is known as soon as there is a machine to ask, and asked for once. */
    private void tell(StoryTeller teller, Story story) {
        teller.tell(story);
        URI machine = story.machine();
        if (machine != null && !teller.boots(machine)) {
            publisher.milestones(machine).ifPresent(booted -> teller.booted(machine, booted));
        }
    }

    private void read(String query, BlockingQueue<Story> stories, AtomicBoolean over) {
        while (!over.get()) {
            try {
                publisher.follow(query, stories::add);
            } catch (IOException e) {
                terminal.passing("  the publisher does not answer, trying again");
            }
            Patience.until(AGAIN, over::get);
        }
    }
}
