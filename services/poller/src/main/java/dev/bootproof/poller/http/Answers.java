package dev.bootproof.poller.http;

import dev.bootproof.poller.Outcome;
import java.io.IOException;
import java.net.UnknownHostException;
import java.net.http.HttpHeaders;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** What an answer that is no success, or no answer, means. */
public final class Answers {
    private final RetryAfter retryAfter;

    /** Compares instants with this clock. */
    public Answers(Clock clock) {
        this.retryAfter = new RetryAfter(clock);
    }

    /** What this status means, said by this server. */
    public Outcome trouble(String server, int status, HttpHeaders headers) {
        String said = server + " answered " + status;
        return switch (status) {
            case 401 -> new Outcome.Unauthorized(said);
            case 403 -> new Outcome.Forbidden(said);
            case 404 -> new Outcome.NotFound(said);
            case 429 -> new Outcome.RateLimited(retryAfter.of(headers).orElse(RetryAfter.UNSAID));
            default ->
                status >= 500
                        ? new Outcome.ServerTrouble(
                                said, retryAfter.asked(headers).orElse(null))
                        : new Outcome.BadAnswer(said);
        };
    }

    /** What this failure means. */
    public static Outcome failure(String server, IOException e) {
        if (e instanceof HttpTimeoutException
                || cause(e, TimeoutException.class).isPresent()) {
            return new Outcome.Timeout(server + " did not answer in time");
        }
        Optional<SSLException> tls = cause(e, SSLException.class);
        if (tls.isPresent()) {
            return new Outcome.TlsTrouble("no secure connection to " + server + ": " + message(tls.get()));
        }
        if (e instanceof Exchange.BadAnswerException || tooMuch(e)) {
            return new Outcome.BadAnswer(server + ": " + message(e));
        }
        return new Outcome.Unreachable("no connection to " + server + ": " + why(root(e)));
    }

    /** In words where the platform has none. */
    private static String why(Throwable cause) {
        return switch (cause) {
            case UnresolvedAddressException _, UnknownHostException _ -> "no such host";
            case ClosedChannelException _ -> "refused or cut";
            default -> message(cause);
        };
    }

    /** Whether this authority is this machine. */
    public static boolean loopback(String authority) {
        return Endpoint.loopback(authority);
    }

    private static boolean tooMuch(IOException e) {
        return message(root(e)).contains("capacity");
    }

    private static Throwable root(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private static <T extends Throwable> Optional<T> cause(Throwable e, Class<T> type) {
        for (Throwable at = e; at != null; at = at.getCause()) {
            if (type.isInstance(at)) {
                return Optional.of(type.cast(at));
            }
        }
        return Optional.empty();
    }

    private static String message(Throwable e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
