package dev.bootproof.publisher;

import dev.bootproof.events.MalformedEvent;
import dev.bootproof.events.RunId;
import dev.bootproof.publisher.RunsPage.Rejection;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** The runs for people, as pages. */
@Path("/")
@RunOnVirtualThread
public class Pages {
    private static final int SHOWN_RUNS = 200;
    private static final int SHOWN_REJECTED = 20;

    private final RunBook book;
    private final RunPages pages;
    private final LabHealth lab;
    private final Clock clock;

    Pages(RunBook book, RunPages pages, LabHealth lab, Clock clock) {
        this.book = book;
        this.pages = pages;
        this.lab = lab;
        this.clock = clock;
    }

    /** All runs, or those of one stream. */
    @GET
    public Response runs(@RestQuery Optional<String> stream) {
        Instant now = clock.instant();
        List<RunStory> stories = book.runs(story -> stream.isEmpty() || story.ofStream(stream.get()), SHOWN_RUNS);
        return html(
                Response.Status.OK,
                new RunsPage(
                        stream.orElse(""),
                        lab.banner(),
                        lab.run(),
                        stories.stream()
                                .filter(RunStory::running)
                                .map(story -> RunRow.of(story, now))
                                .toList(),
                        stories.stream()
                                .filter(story -> !story.running())
                                .map(story -> RunRow.of(story, now))
                                .toList(),
                        book.rejected().stream()
                                .limit(SHOWN_REJECTED)
                                .map(event -> rejection(event, now))
                                .toList()));
    }

    /** One run. */
    @GET
    @Path("runs/{id}")
    public Response run(@RestPath String id) {
        try {
            RunStory story = book.run(new RunId(id)).orElseThrow(() -> Api.unknown(id));
            return html(Response.Status.OK, pages.of(story, clock.instant()));
        } catch (MalformedEvent | NotFoundException e) {
            return html(Response.Status.NOT_FOUND, new MissingPage(String.valueOf(e.getMessage())));
        }
    }

    private static Rejection rejection(RejectedEvent event, Instant now) {
        return new Rejection(
                event.place(), Spoken.ago(event.at(), now), Spoken.exact(event.at()), event.reason(), event.body());
    }

    private static Response html(Response.Status status, TemplateInstance page) {
        return Response.status(status)
                .type(MediaType.TEXT_HTML_TYPE.withCharset("utf-8"))
                .header("Cache-Control", "no-store")
                .entity(page.render())
                .build();
    }
}
