package dev.bootproof.janitor;

import dev.bootproof.events.MalformedEvent;
import dev.bootproof.events.RunId;
import dev.bootproof.stage.LeaseBook;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What people want done with a run now. Asking again changes nothing. A browser's page is refused, whoever made it:
 * only browsers say {@code Origin}.
 */
@Path("/runs/{run}")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class RunsResource {
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}@._+-][\\p{L}\\p{N}@._+ -]{0,63}");

    private final LeaseBook book;
    private final ReleaseRun release;
    private final CancelRun cancel;

    RunsResource(LeaseBook book, ReleaseRun release, CancelRun cancel) {
        this.book = book;
        this.release = release;
        this.cancel = cancel;
    }

    /**
     * Who cancels.
     *
     * @param by a name, for the verdict
     */
    public record Cancel(@Nullable String by) {}

    /** Cleans up after a run that is kept. */
    @POST
    @Path("release")
    public Response release(String run, @HeaderParam("Origin") @Nullable String origin) {
        return answer(run, origin, release::release);
    }

    /** Ends a run that goes on. */
    @POST
    @Path("cancel")
    public Response cancel(String run, @HeaderParam("Origin") @Nullable String origin, @Nullable Cancel body) {
        String by = body == null ? null : body.by();
        if (by == null || !NAME.matcher(by).matches()) {
            return error(Response.Status.BAD_REQUEST, "say who cancels, as in {\"by\": \"alice\"}");
        }
        return answer(run, origin, named -> cancel.cancel(named, by));
    }

    private Response answer(String run, @Nullable String origin, Function<RunId, Wish> wish) {
        if (origin != null) {
            return error(Response.Status.FORBIDDEN, "this is not for pages in a browser");
        }
        try {
            RunId named = new RunId(run);
            book.awaitCaughtUp();
            return said(wish.apply(named));
        } catch (MalformedEvent e) {
            return error(Response.Status.NOT_FOUND, String.valueOf(e.getMessage()));
        }
    }

    private static Response said(Wish wish) {
        return switch (wish) {
            case Wish.Granted granted -> Response.ok(granted).build();
            case Wish.Unknown(String sentence) -> error(Response.Status.NOT_FOUND, sentence);
            case Wish.Refused(String sentence) -> error(Response.Status.CONFLICT, sentence);
            case Wish.Unfinished(String sentence) -> error(Response.Status.SERVICE_UNAVAILABLE, sentence);
        };
    }

    private static Response error(Response.Status status, String sentence) {
        return Response.status(status).entity(Map.of("error", sentence)).build();
    }
}
