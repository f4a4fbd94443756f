package dev.bootproof.publisher;

import dev.bootproof.events.MalformedEvent;
import dev.bootproof.events.PhaseResult;
import dev.bootproof.events.RunId;
import dev.bootproof.events.TestsDone;
import dev.bootproof.publisher.PhaseView.KeptFile;
import dev.bootproof.publisher.PhaseView.Shown;
import dev.bootproof.publisher.RunStory.LeaseTime;
import dev.bootproof.publisher.RunsPage.Rejection;
import dev.bootproof.registry.RegistryException;
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
    private final Evidence evidence;
    private final Clock clock;

    Pages(RunBook book, Evidence evidence, Clock clock) {
        this.book = book;
        this.evidence = evidence;
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
            return html(Response.Status.OK, page(story, clock.instant()));
        } catch (MalformedEvent | NotFoundException e) {
            return html(Response.Status.NOT_FOUND, new MissingPage(String.valueOf(e.getMessage())));
        }
    }

    private RunPage page(RunStory story, Instant now) {
        TestsDone done = story.testsDone();
        List<PhaseResult> phases = done == null ? List.of() : done.phases();
        LeaseTime lease = story.lease();
        return new RunPage(
                RunRow.of(story, now),
                story,
                story.machine() != null,
                Timeline.bars(story, now),
                phases.stream().map(phase -> PhaseView.of(phase, shown(phase))).toList(),
                lease == null ? "" : sentence(lease, now),
                lease == null ? List.of() : lease.removed());
    }

    private Shown shown(PhaseResult phase) {
        try {
            List<Evidence.Item> files = evidence.files(phase);
            String console = files.stream()
                    .filter(file -> file.name().equals("console.log"))
                    .findFirst()
                    .map(evidence::tail)
                    .orElse("");
            return new Shown(
                    files.stream().anyMatch(file -> file.name().equals("screenshot.png")),
                    files.stream()
                            .map(file -> new KeptFile(
                                    file.name(), Spoken.size(file.layer().size())))
                            .toList(),
                    console,
                    "");
        } catch (RegistryException e) {
            return new Shown(false, List.of(), "", String.valueOf(e.getMessage()));
        }
    }

    private static String sentence(LeaseTime lease, Instant now) {
        String until = Spoken.exact(lease.until());
        return switch (lease.state()) {
            case HELD -> "The run must be over by " + until + ".";
            case ENDED ->
                lease.until().isAfter(now)
                        ? "Its machines and disks are kept until " + until + "."
                        : "Its machines and disks are being removed.";
            case RELEASED -> "Nothing is left behind: all that was made for the run was gone at " + until + ".";
        };
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
