package dev.bootproof.testrunner.http;

import dev.bootproof.events.EventJson;
import dev.bootproof.events.MachineState;
import dev.bootproof.events.MalformedEvent;
import dev.bootproof.events.RunId;
import dev.bootproof.testrunner.Content;
import dev.bootproof.testrunner.Machine;
import io.quarkus.logging.Log;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/** A machine whose owner answers over HTTP; what it says of another machine is no answer. */
final class HttpMachine implements Machine {
    private static final Duration TIMEOUT = Duration.ofSeconds(15);
    private static final int LARGEST = 2 << 20;

    private final HttpClient client;
    private final URI address;
    private final RunId run;
    private final int phase;

    HttpMachine(HttpClient client, URI address, RunId run, int phase) {
        this.client = client;
        this.address = address;
        this.run = run;
        this.phase = phase;
    }

    @Override
    public Optional<MachineState> state() {
        try {
            return get("").map(body -> EventJson.read(body.bytes(), MachineState.class))
                    .filter(state -> state.runId().equals(run) && state.phase() == phase);
        } catch (MalformedEvent e) {
            Log.infof("the machine's owner cannot be understood: %s runId=%s", e.getMessage(), run);
            return Optional.empty();
        }
    }

    @Override
    public Optional<Content> console() {
        return get("/console");
    }

    @Override
    public Optional<Content> screenshot() {
        return get("/screenshot").filter(HttpMachine::isPng);
    }

    private static boolean isPng(Content content) {
        byte[] bytes = content.bytes();
        return !content.cut() && bytes.length > 8 && bytes[1] == 'P' && bytes[2] == 'N' && bytes[3] == 'G';
    }

    private Optional<Content> get(String below) {
        URI uri = URI.create(address + below);
        try {
            HttpRequest request = HttpRequest.newBuilder(uri).timeout(TIMEOUT).build();
            HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                return response.statusCode() == 200 ? Optional.of(Content.read(body, LARGEST)) : Optional.empty();
            }
        } catch (IOException e) {
            Log.infof("the machine's owner does not answer at %s: %s runId=%s", uri, e, run);
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
