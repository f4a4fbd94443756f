package dev.bootproof.publisher;

import dev.bootproof.events.MalformedEvent;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** What a caller did wrong, in a sentence. */
class Refusals {
    @ServerExceptionMapper
    Response malformed(MalformedEvent refusal) {
        return sentence(Response.Status.BAD_REQUEST, String.valueOf(refusal.getMessage()));
    }

    @ServerExceptionMapper
    Response unknown(NotFoundException refusal) {
        return sentence(Response.Status.NOT_FOUND, String.valueOf(refusal.getMessage()));
    }

    private static Response sentence(Response.Status status, String text) {
        return Response.status(status)
                .type(MediaType.TEXT_PLAIN_TYPE.withCharset("utf-8"))
                .entity(text + "\n")
                .build();
    }
}
