package dev.bootproof.poller.hook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bootproof.events.EventJson;
import dev.bootproof.poller.Hints;
import dev.bootproof.poller.hook.Reading.Pushed;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Takes the notifications of registries. They are hints: what a tag points at is asked of the registry. */
@Path("/hooks/{receiver}")
public class Hooks {
    private final Hints hints;
    private final Gate gate;
    private final MeterRegistry metrics;

    Hooks(Hints hints, Gate gate, MeterRegistry metrics) {
        this.hints = hints;
        this.gate = gate;
        this.metrics = metrics;
    }

    /** Takes one delivery, of one event or several; answers how many streams may have moved. */
    @POST
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.TEXT_PLAIN)
    @RunOnVirtualThread
    public Response take(@PathParam("receiver") String name, @Context HttpServerRequest request, byte[] body) {
        Optional<Receiver> receiver = Receiver.named(name);
        if (receiver.isEmpty()) {
            String known = Arrays.stream(Receiver.values()).map(Receiver::word).collect(Collectors.joining(", "));
            return answer("unknown", Status.NOT_FOUND, "nobody listens here: send to one of " + known);
        }
        Map<String, String> headers = new HashMap<>();
        request.headers()
                .forEach(header -> headers.putIfAbsent(header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
        String peer = request.remoteAddress().hostAddress();
        return switch (gate.ask(receiver.get(), headers, body, peer)) {
            case OPEN -> take(receiver.get(), headers, body);
            case WRONG_SECRET ->
                answer(
                        name,
                        Status.UNAUTHORIZED,
                        receiver.get() == Receiver.GITHUB
                                ? "sign the delivery with the lab's hook secret: X-Hub-Signature-256"
                                : "send the lab's hook secret: Authorization: Bearer <secret>");
            case OFF ->
                answer(
                        name,
                        Status.FORBIDDEN,
                        "this receiver is off but for its own machine: put a secret into "
                                + gate.file(receiver.get()).getFileName() + " among the lab's secrets");
        };
    }

    private Response take(Receiver receiver, Map<String, String> headers, byte[] body) {
        Optional<JsonNode> json = json(body);
        if (json.isEmpty()) {
            return answer(
                    receiver.word(),
                    Status.BAD_REQUEST,
                    "this is no JSON: send what the registry sends, as" + " application/json");
        }
        return switch (receiver.read(new Delivery(headers, json.get()))) {
            case Reading.Misunderstood(String sentence) -> answer(receiver.word(), Status.BAD_REQUEST, sentence);
            case Reading.Understood understood -> pass(receiver, understood);
        };
    }

    private Response pass(Receiver receiver, Reading.Understood understood) {
        int streams = 0;
        for (Pushed pushed : understood.pushes()) {
            streams += hints.pushed(pushed.host(), pushed.repository(), pushed.tag());
        }
        count(receiver, "push", understood.pushes().size());
        count(receiver, "ignored", understood.others());
        Status status = understood.pushes().isEmpty() ? Status.ACCEPTED : Status.OK;
        String ignored = understood.others() == 0 ? "" : ", " + understood.others() + " events ignored";
        return answer(receiver.word(), status, streams + " streams may have moved" + ignored);
    }

    private void count(Receiver receiver, String kind, int events) {
        metrics.counter("bootproof.hook.events", "receiver", receiver.word(), "kind", kind)
                .increment(events);
    }

    private static Optional<JsonNode> json(byte[] body) {
        try {
            return Optional.ofNullable(EventJson.mapper().readTree(body)).filter(JsonNode::isContainerNode);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Response answer(String receiver, Status status, String sentence) {
        metrics.counter("bootproof.hooks", "receiver", receiver, "status", String.valueOf(status.getStatusCode()))
                .increment();
        return Response.status(status).entity(sentence + "\n").build();
    }
}
