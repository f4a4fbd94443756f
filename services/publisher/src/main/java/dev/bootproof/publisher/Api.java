package dev.bootproof.publisher;

import dev.bootproof.events.Digest;
import dev.bootproof.events.EventJson;
import dev.bootproof.events.MalformedEvent;
import dev.bootproof.events.RunId;
import dev.bootproof.events.TestsDone;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** The runs for programs, as JSON. */
@Path("/api")
@RunOnVirtualThread
public class Api {
    private static final int USUAL = 100;
    private static final int MOST = 1000;

    private final RunBook book;
    private final Followers followers;
    private final CaseReader cases;

    Api(RunBook book, Followers followers, CaseReader cases) {
        this.book = book;
        this.followers = followers;
        this.cases = cases;
    }

    /** The newest runs, newest first. */
    @GET
    @Path("runs")
    @Produces(MediaType.APPLICATION_JSON)
    public byte[] runs(
            @RestQuery @Nullable String stream,
            @RestQuery @Nullable String digest,
            @RestQuery Optional<Integer> limit) {
        Predicate<RunStory> kind = story -> stream == null || story.ofStream(stream);
        if (digest != null) {
            Digest wanted = new Digest(digest);
            kind = kind.and(story -> story.about(wanted));
        }
        return EventJson.write(book.runs(kind, Math.clamp(limit.orElse(USUAL), 0, MOST)));
    }

    /** One run. */
    @GET
    @Path("runs/{id}")
    @Produces(MediaType.APPLICATION_JSON)
    public byte[] run(@RestPath String id) {
        return EventJson.write(story(id));
    }

    /** A run as JSON, to be kept as a file. */
    @GET
    @Path("runs/{id}.json")
    public Response json(@RestPath String id) {
        return file(EventJson.write(story(id)), MediaType.APPLICATION_JSON, id + ".json");
    }

    /** All suites of a run as JUnit XML. */
    @GET
    @Path("runs/{id}/junit.xml")
    public Response junit(@RestPath String id) {
        TestsDone done = story(id).testsDone();
        if (done == null) {
            throw new NotFoundException("the run " + id + " has no verdict yet");
        }
        return file(JUnitReport.of(done, cases.read(done.phases())), "application/xml; charset=utf-8", id + ".xml");
    }

    /** A line for a run at once and at every change, until it is over; waits for a run that is not there yet. */
    @GET
    @Path("follow")
    @Produces("application/x-ndjson")
    public StreamingOutput follow(
            @RestQuery @Nullable String run, @RestQuery @Nullable String digest, @Context HttpServerResponse response) {
        Supplier<Optional<RunStory>> wanted = wanted(run, digest);
        return out -> followers.follow(wanted, out, response);
    }

    /** The events that could not be understood, newest first. */
    @GET
    @Path("rejected")
    @Produces(MediaType.APPLICATION_JSON)
    public byte[] rejected() {
        return EventJson.write(book.rejected());
    }

    private RunStory story(String id) {
        return book.run(new RunId(id)).orElseThrow(() -> unknown(id));
    }

    private static Response file(Object body, String type, String name) {
        return Response.ok(body, type)
                .header("Cache-Control", "no-store")
                .header("Content-Disposition", "inline; filename=\"" + name + "\"")
                .build();
    }

    private Supplier<Optional<RunStory>> wanted(@Nullable String run, @Nullable String digest) {
        if (run != null) {
            RunId id = new RunId(run);
            return () -> book.run(id);
        }
        if (digest != null) {
            Digest about = new Digest(digest);
            return () -> book.newest(about);
        }
        throw new MalformedEvent("run", "say whom to follow: ?run=ID or ?digest=sha256:...");
    }

    /** What is thrown for a run that nobody has heard of. */
    static NotFoundException unknown(String id) {
        return new NotFoundException(
                "there is no run " + id + ": it was never asked for here, or so long ago that it is forgotten");
    }
}
