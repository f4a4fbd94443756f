package dev.bootproof.testrunner.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bootproof.events.Fault;
import dev.bootproof.events.MalformedEvent;
import dev.bootproof.stage.StageFault;
import dev.bootproof.testrunner.Content;
import dev.bootproof.testrunner.Pause;
import io.quarkus.logging.Log;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The owner of a machine, as it is asked over HTTP. An owner that is away, as one that is being restarted, is asked
 * again for a while: doing something again is harmless there.
 */
final class HttpOwner {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(2);
    private static final int LARGEST = 2 << 20;

    private final HttpClient client;
    private final URI address;
    private final Duration patience;
    private final Clock clock;
    private final Pause pause;

    HttpOwner(HttpClient client, URI address, Duration patience, Clock clock, Pause pause) {
        this.client = client;
        this.address = address;
        this.patience = patience;
        this.clock = clock;
        this.pause = pause;
    }

    /** An answer of the owner. */
    record Reply(int status, Content body) {}

    /** Where it answers to this. */
    URI uri(String below) {
        return URI.create(address + below);
    }

    /** Asks once. */
    Reply send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            return new Reply(response.statusCode(), Content.read(body, LARGEST));
        }
    }

    /**
     * Has something done with the machine.
     *
     * @throws StageFault with the fault that the owner names, else with this one
     */
    void order(String what, Duration limit, Fault otherwise) {
        HttpRequest request = HttpRequest.newBuilder(uri(what))
                .timeout(limit)
                .POST(BodyPublishers.noBody())
                .build();
        @Nullable Instant giveUp = null;
        while (true) {
            String away = attempt(request, otherwise);
            if (away.isEmpty()) {
                return;
            }
            Instant now = clock.instant();
            giveUp = giveUp == null ? now.plus(patience) : giveUp;
            Log.infof("the machine's owner does not do it: %s", away);
            if (!now.plus(BETWEEN_ATTEMPTS).isBefore(giveUp)) {
                throw new StageFault(otherwise, "its owner does not answer at " + request.uri() + ": " + away);
            }
            pause.take(BETWEEN_ATTEMPTS);
        }
    }

    /** Nothing where it is done; else why the owner is away. */
    private String attempt(HttpRequest request, Fault otherwise) {
        try {
            Reply reply = send(request);
            if (reply.status() / 100 == 2) {
                return "";
            }
            if (reply.status() == 503 || reply.status() == 502) {
                return "HTTP " + reply.status();
            }
            throw refusal(reply, otherwise);
        } catch (HttpConnectTimeoutException e) {
            return e.toString();
        } catch (HttpTimeoutException e) {
            throw new StageFault(otherwise, "its owner has not done it in its time: " + request.uri());
        } catch (IOException e) {
            return e.toString();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the machine's owner works", e);
        }
    }

    private static StageFault refusal(Reply reply, Fault otherwise) throws IOException {
        String said = "its owner answers HTTP " + reply.status();
        if (reply.status() != 409) {
            return new StageFault(otherwise, said);
        }
        try {
            JsonNode body = JSON.readTree(reply.body().bytes());
            Fault fault = body.has("fault") ? Fault.of(body.path("fault").asText()) : otherwise;
            return new StageFault(fault, evidence(fault, body.path("error").asText(said)));
        } catch (MalformedEvent | JsonProcessingException e) {
            return new StageFault(otherwise, said + " without saying why: " + e.getMessage());
        }
    }

    /** The owner says the fault's whole sentence; only what stands in it is new. */
    private static String evidence(Fault fault, String sentence) {
        String frame = fault.sentence("");
        return sentence.startsWith(frame) ? sentence.substring(frame.length()) : sentence;
    }
}
