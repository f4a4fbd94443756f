package dev.bootproof.publisher;

import dev.bootproof.events.PhaseResult;
import dev.bootproof.events.RunId;
import dev.bootproof.events.TestsDone;
import dev.bootproof.registry.RegistryException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.InputStream;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** Evidence and pictures of runs for browsers; text is text, whatever it looks like. */
@Path("/")
@RunOnVirtualThread
public class EvidenceFiles {
    private static final String SCREENSHOT = "screenshot.png";

    private final RunBook book;
    private final Evidence evidence;
    private final LiveScreen live;

    EvidenceFiles(RunBook book, Evidence evidence, LiveScreen live) {
        this.book = book;
        this.evidence = evidence;
        this.live = live;
    }

    /** What is on the machine's screen now, while it runs; else what was on it last. */
    @GET
    @Path("runs/{id}/" + SCREENSHOT)
    public Response screenshot(@RestPath String id, @RestQuery Optional<Integer> phase) {
        RunStory story = book.run(new RunId(id)).orElseThrow(() -> Api.unknown(id));
        if (story.machine() != null) {
            byte[] picture = live.picture(story.machine())
                    .orElseThrow(() -> new NotFoundException("the machine shows no picture now"));
            return Response.ok(picture, "image/png")
                    .header("Cache-Control", "no-store")
                    .build();
        }
        return file(id, SCREENSHOT, phase);
    }

    /** A file of the evidence, of the last phase that has it where no phase is named. */
    @GET
    @Path("runs/{id}/evidence/{file: .+}")
    public Response file(@RestPath String id, @RestPath String file, @RestQuery Optional<Integer> phase) {
        RunStory story = book.run(new RunId(id)).orElseThrow(() -> Api.unknown(id));
        Evidence.Item found = phases(story).stream()
                .filter(result -> phase.isEmpty() || phase.get() == result.phase())
                .flatMap(result -> find(result, file).stream())
                .findFirst()
                .orElseThrow(() -> new NotFoundException("the run kept no " + file));
        return Response.ok(stream(found), type(file))
                .header("Cache-Control", "private, max-age=3600")
                .header("Content-Length", found.layer().size())
                .build();
    }

    private Optional<Evidence.Item> find(PhaseResult phase, String file) {
        try {
            return evidence.file(phase, file);
        } catch (RegistryException e) {
            throw new NotFoundException("the evidence cannot be read now: " + e.getMessage(), e);
        }
    }

    private StreamingOutput stream(Evidence.Item file) {
        return out -> {
            try (InputStream bytes = evidence.open(file)) {
                bytes.transferTo(out);
            }
        };
    }

    private static List<PhaseResult> phases(RunStory story) {
        TestsDone done = story.testsDone();
        return done == null
                ? List.of()
                : done.phases().stream()
                        .sorted(Comparator.comparingInt(PhaseResult::phase).reversed())
                        .toList();
    }

    /** Only pictures are shown as what they are. */
    static String type(String file) {
        return file.endsWith(".png") ? "image/png" : "text/plain; charset=utf-8";
    }
}
