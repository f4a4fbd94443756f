package dev.bootproof.publisher;

import dev.bootproof.events.EventJson;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.http.HttpServerResponse;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** Those who read along while a run goes on, each on a thread of its own. */
@ApplicationScoped
class Followers {
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(15);

    private final RunBook book;
    private final Clock clock;
    private final AtomicBoolean stopping = new AtomicBoolean();

    Followers(RunBook book, Clock clock) {
        this.book = book;
        this.clock = clock;
    }

    /** Writes a line for this run at once and at every change, until it is over or the reader has gone. */
    void follow(Supplier<Optional<RunStory>> wanted, OutputStream out, HttpServerResponse response) throws IOException {
        AtomicBoolean gone = new AtomicBoolean();
        response.closeHandler(closed -> {
            gone.set(true);
            book.wake();
        });
        try {
            write(wanted, out, gone);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(Supplier<Optional<RunStory>> wanted, OutputStream out, AtomicBoolean gone)
            throws IOException, InterruptedException {
        Optional<RunStory> told = Optional.empty();
        Instant spoken = Instant.EPOCH;
        while (!gone.get() && !stopping.get()) {
            long version = book.version();
            Optional<RunStory> story = wanted.get();
            boolean news = story.isPresent() && !story.equals(told);
            if (news || !clock.instant().isBefore(spoken.plus(LONGEST_SILENCE))) {
                line(out, news ? story : Optional.empty());
                spoken = clock.instant();
                told = story;
            }
            if (story.filter(read -> read.over(clock.instant())).isPresent()) {
                return;
            }
            book.awaitChange(version, () -> gone.get() || stopping.get(), LONGEST_SILENCE);
        }
    }

    /** A story, or an empty line that only says that somebody is there. */
    private static void line(OutputStream out, Optional<RunStory> story) throws IOException {
        if (story.isPresent()) {
            out.write(EventJson.write(story.get()));
        }
        out.write('\n');
        out.flush();
    }

    void stop(@Observes ShutdownEvent event) {
        stopping.set(true);
        book.wake();
    }
}
