package dev.bootproof.poller.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bootproof.events.EventJson;
import dev.bootproof.poller.Hints;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Takes the notifications of CNCF Distribution registries. They are hints: what a tag points at is asked of the registry.
 *
 * @see <a href="https://distribution.github.io/distribution/about/notifications/">Notifications</a>
 */
@Path("/hooks/distribution")
public class DistributionHook {
    private final Hints hints;
    private final HookSecret secret;
    private final MeterRegistry metrics;

    DistributionHook(Hints hints, HookSecret secret, MeterRegistry metrics) {
        this.hints = hints;
        this.secret = secret;
        this.metrics = metrics;
    }

    /** Takes an envelope of events; answers how many streams may have moved. */
    @POST
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.TEXT_PLAIN)
    @RunOnVirtualThread
    public Response take(@HeaderParam("Authorization") @Nullable String authorization, byte[] body) {
        if (!secret.matches(authorization)) {
            return answer(Response.Status.UNAUTHORIZED, "send the lab's hook secret: Authorization: Bearer <secret>");
        }
        JsonNode events = events(body);
        if (!events.isArray()) {
            return answer(Response.Status.BAD_REQUEST, "this is no envelope of notifications: send {\"events\":[...]}");
        }
        int streams = 0;
        for (JsonNode event : events) {
            streams += push(event);
        }
        return answer(Response.Status.OK, streams + " streams may have moved");
    }

    private int push(JsonNode event) {
        JsonNode target = event.path("target");
        String tag = target.path("tag").asText("");
        if (!event.path("action").asText("").equals("push") || tag.isEmpty()) {
            return 0;
        }
        String host = event.path("request").path("host").asText("");
        return hints.pushed(host, target.path("repository").asText(""), tag);
    }

    private static JsonNode events(byte[] body) {
        try {
            return EventJson.mapper().readTree(body).path("events");
        } catch (IOException e) {
            return EventJson.mapper().missingNode();
        }
    }

    private Response answer(Response.Status status, String sentence) {
        metrics.counter("bootproof.hooks", "status", String.valueOf(status.getStatusCode()))
                .increment();
        return Response.status(status).entity(sentence + "\n").build();
    }
}
