package dev.bootproof.poller;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestQuery;

/** Shows every stream and pull request, what it points at, and how looking at it goes. */
@Path("/streams")
@RunOnVirtualThread
public class StreamsPage {
    private static final int SHOWN = 500;

    private final StreamRows rows;

    StreamsPage(StreamRows rows) {
        this.rows = rows;
    }

    /** Everything, by name. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public List<StreamRow> streams() {
        return rows.all();
    }

    /** What is in trouble first, then by name; at most 500 rows, of those in whose name this text is. */
    @GET
    @Produces("text/html;qs=0.5")
    public TemplateInstance page(@RestQuery Optional<String> find) {
        String text = find.orElse("").strip().toLowerCase(Locale.ROOT);
        List<StreamRow> all = rows.all();
        List<StreamRow> found = all.stream()
                .filter(row -> row.stream().toLowerCase(Locale.ROOT).contains(text))
                .sorted(StreamRow.TROUBLE_FIRST)
                .toList();
        long failing = all.stream().filter(row -> row.failures() > 0).count();
        return Templates.streams(
                found.stream().limit(SHOWN).toList(),
                found.size(),
                all.size(),
                failing,
                find.orElse(""),
                rows.mistakes());
    }

    /** The templates of this page. */
    @CheckedTemplate(basePath = "")
    static final class Templates {
        private Templates() {}

        static native TemplateInstance streams(
                List<StreamRow> rows, int found, int all, long failing, String find, String mistakes);
    }
}
