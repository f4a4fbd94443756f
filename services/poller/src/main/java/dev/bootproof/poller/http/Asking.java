package dev.bootproof.poller.http;

import dev.bootproof.poller.Outcome;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;

/** Asks registries for something of a repository, and logs in where they want that. */
final class Asking {
    private static final int UNAUTHORIZED = 401;

    private final Exchange exchange;
    private final Tokens tokens;
    private final Answers answers;

    Asking(Duration timeout, LoginFiles logins, Clock clock) {
        this.exchange = new Exchange(timeout);
        this.tokens = new Tokens(exchange, logins, clock);
        this.answers = new Answers(clock);
    }

    /** What came of it. */
    sealed interface Reply {
        /** A success, or 304. */
        record Good(HttpResponse<byte[]> answer) implements Reply {}

        /** Everything else. */
        record Bad(Outcome outcome) implements Reply {}
    }

    Reply ask(Endpoint endpoint, URI address, Exchange.Form form) {
        try {
            HttpResponse<byte[]> answer = exchange.ask(endpoint, address, form, tokens.known(endpoint));
            return answer.statusCode() == UNAUTHORIZED
                    ? again(endpoint, address, form, answer)
                    : reply(endpoint, answer);
        } catch (IOException e) {
            return new Reply.Bad(Answers.failure(endpoint.registry(), e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Reply.Bad(new Outcome.Unreachable("interrupted"));
        }
    }

    private Reply again(Endpoint endpoint, URI address, Exchange.Form form, HttpResponse<byte[]> challenge)
            throws IOException, InterruptedException {
        return switch (tokens.answer(endpoint, challenge.headers())) {
            case Tokens.Login.Denied(Outcome outcome) -> new Reply.Bad(outcome);
            case Tokens.Login.Granted(String authorization) -> {
                HttpResponse<byte[]> answer = exchange.ask(endpoint, address, form, authorization);
                if (answer.statusCode() == UNAUTHORIZED) {
                    tokens.forget(endpoint);
                }
                yield reply(endpoint, answer);
            }
        };
    }

    private Reply reply(Endpoint endpoint, HttpResponse<byte[]> answer) {
        int status = answer.statusCode();
        return status == 200 || status == 304
                ? new Reply.Good(answer)
                : new Reply.Bad(answers.trouble(endpoint.registry(), status, answer.headers()));
    }
}
