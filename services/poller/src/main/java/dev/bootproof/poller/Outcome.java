package dev.bootproof.poller;

import dev.bootproof.events.Digest;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What came of a look at a stream. Only {@link Unchanged} means that the stream has not moved. */
public sealed interface Outcome {
    /** More about it, for people; empty where there is no more. */
    default String detail() {
        return "";
    }

    /** How long the server wants to be left alone, where it said so. */
    default Optional<Duration> pause() {
        return Optional.empty();
    }

    /** Whether the registry told us where the stream points. */
    default boolean good() {
        return this instanceof Unchanged || this instanceof Moved;
    }

    /** Whether this says something about the whole host, and not only about one image. */
    default boolean ofHost() {
        return switch (this) {
            case RateLimited _, ServerTrouble _, Timeout _, Unreachable _, TlsTrouble _ -> true;
            case Unchanged _, Moved _, Unauthorized _, Forbidden _, NotFound _, BadAnswer _, NoPlatform _, LabBug _ ->
                false;
        };
    }

    /** The word by which it is counted and shown. */
    default String word() {
        return switch (this) {
            case Unchanged _ -> "unchanged";
            case Moved _ -> "moved";
            case Unauthorized _ -> "unauthorized";
            case Forbidden _ -> "forbidden";
            case NotFound _ -> "not-found";
            case RateLimited _ -> "rate-limited";
            case ServerTrouble _ -> "server-trouble";
            case Timeout _ -> "timeout";
            case Unreachable _ -> "unreachable";
            case TlsTrouble _ -> "tls";
            case BadAnswer _ -> "bad-answer";
            case NoPlatform _ -> "no-platform";
            case LabBug _ -> "lab-bug";
        };
    }

    /** What a person can do about it; empty where nothing need be done. */
    default String advice() {
        return switch (this) {
            case Unchanged _, Moved _ -> "";
            case Unauthorized _ -> "log in there (podman login, docker login) as the user that the poller runs as";
            case Forbidden _ -> "give the account that the poller logs in with the right to read this";
            case NotFound _ -> "publish it, correct its name in the catalog, or log in where it is private";
            case RateLimited _ -> "wait, nothing is asked there until then; log in or ask less often if it comes back";
            case ServerTrouble _ -> "wait, it is asked again; see what the server's operators say";
            case Timeout _ -> "wait, it is asked again; check the network between here and there";
            case Unreachable _ -> "check the name, the network and the firewall between here and there";
            case TlsTrouble _ -> "check the server's certificate, or have the JDK trust who signed it";
            case BadAnswer _ -> "check the name, and what stands between here and there: this is no registry's answer";
            case NoPlatform _ -> "publish it for this platform, or correct the platform in the catalog";
            case LabBug _ -> "report it with the poller's log";
        };
    }

    /** The stream points at the digest that we know. */
    record Unchanged() implements Outcome {}

    /**
     * The stream points at another digest.
     *
     * @param digest what it points at
     * @param etag what the registry wants to see in the next condition, where it said
     * @param platformDigest the manifest of the platform that was asked for; null where none was
     */
    record Moved(
            Digest digest, @Nullable String etag, @Nullable Digest platformDigest) implements Outcome {}

    /** The server does not know us (401), or not any more. */
    record Unauthorized(String detail) implements Outcome {}

    /** The server knows us and says no (403). */
    record Forbidden(String detail) implements Outcome {}

    /** The server has no such thing (404). */
    record NotFound(String detail) implements Outcome {}

    /**
     * We asked too often (429).
     *
     * @param retryAfter how long the server wants to be left alone
     */
    record RateLimited(Duration retryAfter) implements Outcome {
        @Override
        public Optional<Duration> pause() {
            return Optional.of(retryAfter);
        }

        @Override
        public String detail() {
            return "asked too often, left alone for " + retryAfter.toSeconds() + " s";
        }
    }

    /**
     * The server is in trouble (5xx).
     *
     * @param detail what it answered
     * @param retryAfter how long it wants to be left alone; null where it did not say
     */
    record ServerTrouble(String detail, @Nullable Duration retryAfter) implements Outcome {
        @Override
        public Optional<Duration> pause() {
            return Optional.ofNullable(retryAfter);
        }
    }

    /** No answer in time. */
    record Timeout(String detail) implements Outcome {}

    /** No connection, or it broke. */
    record Unreachable(String detail) implements Outcome {}

    /** No secure connection. */
    record TlsTrouble(String detail) implements Outcome {}

    /** An answer that no registry gives. */
    record BadAnswer(String detail) implements Outcome {}

    /** The image is not there for the platform that counts. */
    record NoPlatform(String detail) implements Outcome {}

    /** The poller itself failed. */
    record LabBug(String detail) implements Outcome {}
}
