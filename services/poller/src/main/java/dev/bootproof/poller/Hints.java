package dev.bootproof.poller;

import dev.bootproof.events.EventJson;
import dev.bootproof.events.Topic;
import dev.bootproof.stage.Bus;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Passes on that a stream may have moved, to whoever watches it. */
@ApplicationScoped
public class Hints {
    private final CatalogStreams catalog;
    private final Bus bus;
    private final Clock clock;

    Hints(CatalogStreams catalog, Bus bus, Clock clock) {
        this.catalog = catalog;
        this.bus = bus;
        this.clock = clock;
    }

    /**
     * Something was pushed here, as its registry says.
     *
     * @return how many watched streams that may have moved
     */
    public int pushed(String host, String repository, String tag) {
        List<String> moved = catalog.current().pushed(host, repository, tag);
        moved.forEach(this::send);
        return moved.size();
    }

    private void send(String stream) {
        byte[] hint = EventJson.write(new Hint(stream, clock.instant()));
        bus.send(Topic.POLLER_HINTS, stream, hint, new RecordHeaders());
    }

    /**
     * A hint on its way.
     *
     * @param stream the stream that may have moved
     * @param at when we heard of it
     */
    private record Hint(String stream, Instant at) {}
}
