package dev.bootproof.testrunner.http;

import dev.bootproof.events.EventJson;
import dev.bootproof.events.Fault;
import dev.bootproof.events.MachineState;
import dev.bootproof.events.MalformedEvent;
import dev.bootproof.events.RunId;
import dev.bootproof.testrunner.Content;
import dev.bootproof.testrunner.Machine;
import io.quarkus.logging.Log;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** A machine whose owner answers over HTTP; what it says of another machine is no answer. */
final class HttpMachine implements Machine {
    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    /** How every PNG begins (PNG specification, 5.2). */
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

    private final HttpOwner owner;
    private final RunId run;
    private final int phase;
    private final Duration bootTimeout;
    private final Duration maxWait;

    /**
     * @param owner its owner
     * @param run the run
     * @param phase which phase
     * @param bootTimeout how long one boot of it may take
     * @param maxWait how long its owner may wait for room before one
     */
    HttpMachine(HttpOwner owner, RunId run, int phase, Duration bootTimeout, Duration maxWait) {
        this.owner = owner;
        this.run = run;
        this.phase = phase;
        this.bootTimeout = bootTimeout;
        this.maxWait = maxWait;
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

    @Override
    public void save() {
        owner.order("/save", bootTimeout, Fault.SNAPSHOT_FAILED);
    }

    @Override
    public void restore() {
        owner.order("/restore", bootTimeout, Fault.SNAPSHOT_FAILED);
    }

    /** A boot that stalls is tried once more there. */
    @Override
    public void fresh() {
        owner.order("/fresh", maxWait.plus(bootTimeout.multipliedBy(2)).plusMinutes(1), Fault.MACHINE_NOT_STARTED);
    }

    private static boolean isPng(Content content) {
        byte[] bytes = content.bytes();
        return !content.cut() && bytes.length > PNG.length && Arrays.mismatch(bytes, PNG) == PNG.length;
    }

    private Optional<Content> get(String below) {
        URI uri = owner.uri(below);
        HttpRequest request = HttpRequest.newBuilder(uri).timeout(TIMEOUT).build();
        try {
            HttpOwner.Reply reply = owner.send(request);
            return reply.status() == 200 ? Optional.of(reply.body()) : Optional.empty();
        } catch (IOException e) {
            Log.infof("the machine's owner does not answer at %s: %s runId=%s", uri, e, run);
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
