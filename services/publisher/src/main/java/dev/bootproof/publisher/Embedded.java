package dev.bootproof.publisher;

import dev.bootproof.events.MalformedEvent;
import dev.bootproof.events.TestsDone;
import dev.bootproof.events.Verdict;
import dev.bootproof.registry.RegistryException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** What others embed: a stream's badge, a suite's newest picture. */
@Path("/")
@RunOnVirtualThread
public class Embedded {
    private static final int LONGEST_LABEL = 60;

    private final RunBook book;
    private final Pictures pictures;
    private final Evidence evidence;

    Embedded(RunBook book, Pictures pictures, Evidence evidence) {
        this.book = book;
        this.pictures = pictures;
        this.evidence = evidence;
    }

    /** The newest verdict of a stream as a badge. */
    @GET
    @Path("badge/{stream: .+}.svg")
    public Response badge(@RestPath String stream, @RestQuery Optional<String> label, @Context Request request) {
        String said = label.orElse("bootproof");
        Badge badge = new Badge(said.substring(0, Math.min(said.length(), LONGEST_LABEL)), newest(stream));
        return fresh(request, badge.etag(), () -> Response.ok(badge.svg(), "image/svg+xml; charset=utf-8"));
    }

    /** The newest picture of a suite, of a run that came to its end. */
    @GET
    @Path("screenshots/{slug: [a-z0-9-]+}/{suite: [a-z0-9-]+}/latest.png")
    public Response screenshot(@RestPath String slug, @RestPath String suite, @Context Request request) {
        Evidence.Item picture = latest(slug, suite)
                .orElseThrow(() -> new NotFoundException("there is no picture of " + suite + " on " + slug + " yet"));
        StreamingOutput bytes = out -> {
            try (InputStream in = evidence.open(picture)) {
                in.transferTo(out);
            }
        };
        return fresh(request, Pictures.etag(picture.layer()), () -> Response.ok(bytes, "image/png"));
    }

    private Optional<Evidence.Item> latest(String slug, String suite) {
        try {
            return pictures.latest(slug, suite);
        } catch (RegistryException | MalformedEvent e) {
            throw new NotFoundException("the picture cannot be read now: " + e.getMessage(), e);
        }
    }

    /** A run that was passed over says nothing about the stream, so the one before it still counts. */
    private Look newest(String stream) {
        return book.runs(story -> story.ofStream(stream) && said(story.testsDone()), 1).stream()
                .findFirst()
                .map(RunStory::testsDone)
                .map(done -> Look.of(done.verdict()))
                .orElse(Look.UNTESTED);
    }

    private static boolean said(@Nullable TestsDone done) {
        return done != null && done.verdict() != Verdict.SKIPPED;
    }

    /** Asked again every time, sent again only when it is another one. */
    private static Response fresh(Request request, String etag, Supplier<Response.ResponseBuilder> whole) {
        EntityTag tag = new EntityTag(etag);
        Response.ResponseBuilder same = request.evaluatePreconditions(tag);
        return (same == null ? whole.get() : same)
                .tag(tag)
                .header("Cache-Control", "no-cache")
                .build();
    }
}
