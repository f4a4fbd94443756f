package dev.bootproof.poller.hook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bootproof.poller.hook.Reading.Pushed;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * The CloudEvents of zot, in structured, batched and binary mode. What stands before {@code .image.updated} in the type
 * can be set in zot.
 *
 * @see <a href="https://zotregistry.dev/v2.1.21/articles/events/">Event support for zot</a>
 * @see <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/http-protocol-binding.md">HTTP
 *     protocol binding</a>
 */
final class ZotNotification {
    private static final String UPDATED = ".image.updated";

    private ZotNotification() {}

    static Reading read(Delivery delivery) {
        String binary = delivery.header("ce-type");
        if (!binary.isEmpty()) {
            return all(List.of(new Event(binary, delivery.header("ce-source"), delivery.body())));
        }
        JsonNode body = delivery.body();
        Iterable<JsonNode> structured = body.isArray() ? body : List.of(body);
        List<Event> events = new ArrayList<>();
        for (JsonNode event : structured) {
            if (!event.path("type").isTextual()) {
                return new Reading.Misunderstood("this is no CloudEvent: send its type in ce-type or in the body");
            }
            events.add(
                    new Event(event.path("type").asText(), event.path("source").asText(""), event.path("data")));
        }
        return all(events);
    }

    private static Reading all(List<Event> events) {
        List<Pushed> pushes =
                events.stream().flatMap(event -> event.pushed().stream()).toList();
        return new Reading.Understood(pushes, events.size() - pushes.size());
    }

    private record Event(String type, String source, JsonNode data) {
        /** A reference is a tag or a digest; only a tag moves. */
        List<Pushed> pushed() {
            String reference = data.path("reference").asText("");
            if (!type.endsWith(UPDATED) || reference.isEmpty() || reference.contains(":")) {
                return List.of();
            }
            return List.of(new Pushed(host(), data.path("name").asText(""), reference));
        }

        private String host() {
            try {
                String authority = URI.create(source).getAuthority();
                return authority == null ? "" : authority;
            } catch (IllegalArgumentException e) {
                return "";
            }
        }
    }
}
