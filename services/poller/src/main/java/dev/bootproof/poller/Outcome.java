package dev.bootproof.poller;

import dev.bootproof.events.Digest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What came of a look at a stream. Only {@link Unchanged} means that the stream has not moved. */
public sealed interface Outcome {
    /** The word by which it is counted and shown. */
    String word();

    /** More about it, for people; empty where there is no more. */
    default String detail() {
        return "";
    }

    /** The stream points at the digest that we know. */
    record Unchanged() implements Outcome {
        @Override
        public String word() {
            return "unchanged";
        }
    }

    /**
     * The stream points at another digest.
     *
     * @param digest what it points at
     * @param etag what the registry wants to see in the next condition, where it said
     */
    record Moved(Digest digest, @Nullable String etag) implements Outcome {
        @Override
        public String word() {
            return "moved";
        }
    }

    /** The registry has no such image. */
    record Missing() implements Outcome {
        @Override
        public String word() {
            return "missing";
        }
    }

    /**
     * The registry does not let us look.
     *
     * @param detail what it said
     */
    record Refused(String detail) implements Outcome {
        @Override
        public String word() {
            return "refused";
        }
    }

    /**
     * We looked too often.
     *
     * @param retryAfter how long the registry wants to be left alone
     */
    record RateLimited(Duration retryAfter) implements Outcome {
        @Override
        public String word() {
            return "rate-limited";
        }

        @Override
        public String detail() {
            return "left alone for " + retryAfter.toSeconds() + " s";
        }
    }

    /**
     * The registry did not answer, or not as a registry does.
     *
     * @param detail what happened instead
     */
    record Unavailable(String detail) implements Outcome {
        @Override
        public String word() {
            return "unavailable";
        }
    }
}
