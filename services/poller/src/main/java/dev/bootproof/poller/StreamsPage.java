package dev.bootproof.poller;

import dev.bootproof.catalog.WatchedStream;
import dev.bootproof.events.Digest;
import dev.bootproof.events.RunId;
import dev.bootproof.poller.StreamState.Announced;
import dev.bootproof.poller.StreamState.Pending;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Shows every stream, what it points at, and how looking at it goes. */
@Path("/streams")
public class StreamsPage {
    private final CatalogStreams catalog;
    private final StateBook states;
    private final Watches watches;

    StreamsPage(CatalogStreams catalog, StateBook states, Watches watches) {
        this.catalog = catalog;
        this.states = states;
        this.watches = watches;
    }

    /** Every stream, by name. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    public List<Row> streams() {
        return catalog.current().all().stream()
                .map(WatchedStream::name)
                .sorted(Comparator.naturalOrder())
                .map(this::row)
                .toList();
    }

    private Row row(String stream) {
        Optional<StreamState> state = states.of(stream);
        Optional<Watch.Report> report = watches.report(stream);
        Optional<Outcome> outcome = report.map(Watch.Report::outcome);
        return new Row(
                stream,
                state.map(StreamState::digest).orElse(null),
                state.map(StreamState::generation).orElse(0L),
                state.map(StreamState::announced).map(Announced::runId).orElse(null),
                state.map(StreamState::pending).map(Pending::digest).orElse(null),
                report.isPresent(),
                outcome.map(Outcome::word).orElse(null),
                outcome.map(Outcome::detail).orElse(null),
                report.map(Watch.Report::at).orElse(null),
                report.map(Watch.Report::failures).orElse(0));
    }

    /**
     * A stream as it is shown.
     *
     * @param stream the stream
     * @param digest what it points at, where that was seen
     * @param generation how often it was announced
     * @param runId the run that was announced last
     * @param pending the digest that waits for that run to end
     * @param watched whether this replica watches it
     * @param lastOutcome what came of the last look
     * @param detail more about that
     * @param lastLookedAt when that was
     * @param failures how many looks failed in a row
     */
    public record Row(
            String stream,
            @Nullable Digest digest,
            long generation,
            @Nullable RunId runId,
            @Nullable Digest pending,
            boolean watched,
            @Nullable String lastOutcome,
            @Nullable String detail,
            @Nullable Instant lastLookedAt,
            int failures) {}
}
