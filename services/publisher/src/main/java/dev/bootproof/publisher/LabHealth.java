package dev.bootproof.publisher;

import dev.bootproof.events.Canary.Trouble;
import dev.bootproof.events.Canary.Word;
import dev.bootproof.events.EventJson;
import dev.bootproof.stage.LabCanary;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How the lab itself is, by its canary; for programs as JSON, for people as a sentence. */
@Path("/api/lab")
@RunOnVirtualThread
public class LabHealth {
    private final LabCanary canary;

    LabHealth(LabCanary canary) {
        this.canary = canary;
    }

    /** How it is now. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public byte[] now() {
        Optional<Trouble> trouble = canary.trouble();
        Word last = canary.last().orElse(null);
        String state = trouble.isPresent() ? "unwell" : last == null ? "unknown" : "well";
        return EventJson.write(new Shown(
                state,
                trouble.map(Trouble::since).orElse(null),
                trouble.map(Trouble::sentence).orElse(null),
                last));
    }

    /** The sentence over all pages while the lab is unwell; empty while it is not. */
    String banner() {
        return canary.trouble()
                .map(trouble -> "The lab is unwell since %s, because %s."
                        .formatted(Spoken.exact(trouble.since()), trouble.sentence()))
                .orElse("");
    }

    /** The run of the canary that says so; empty while the lab is not unwell. */
    String run() {
        return canary.trouble().map(trouble -> trouble.last().runId().value()).orElse("");
    }

    /**
     * What is shown.
     *
     * @param state {@code well}, {@code unwell}, or {@code unknown} where nothing was heard of a canary
     * @param since since when it is unwell
     * @param reason why
     * @param canary what the canary said last
     */
    record Shown(
            String state,
            @Nullable Instant since,
            @Nullable String reason,
            @Nullable Word canary) {}
}
