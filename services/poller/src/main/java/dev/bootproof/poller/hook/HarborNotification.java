package dev.bootproof.poller.hook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bootproof.poller.hook.Reading.Pushed;
import java.util.ArrayList;
import java.util.List;

/**
 * The webhooks of Harbor, in its own format and as CloudEvents.
 *
 * @see <a href="https://goharbor.io/docs/latest/working-with-projects/project-configuration/configure-webhooks/">
 *     Configure webhook notifications</a>
 */
final class HarborNotification {
    private HarborNotification() {}

    static Reading read(Delivery delivery) {
        JsonNode body = delivery.body();
        String type = body.path("type").asText("");
        if (type.isEmpty()) {
            return new Reading.Misunderstood("this is no webhook of Harbor: type is missing");
        }
        return switch (type) {
            case "PUSH_ARTIFACT" -> pushed(body.path("event_data"));
            case "harbor.artifact.pushed" -> pushed(body.path("data"));
            default -> Reading.other();
        };
    }

    private static Reading pushed(JsonNode data) {
        JsonNode resources = data.path("resources");
        if (!resources.isArray()) {
            return new Reading.Misunderstood("this push names no resources: send what Harbor sends for artifacts");
        }
        List<Pushed> pushes = new ArrayList<>();
        for (JsonNode resource : resources) {
            String url = resource.path("resource_url").asText("");
            String repository = data.path("repository").path("repo_full_name").asText("");
            String tag = resource.path("tag").asText("");
            List<Pushed> named = url.contains("@") ? List.of() : Pushed.of(url);
            if (!named.isEmpty()) {
                pushes.addAll(named);
            } else if (!repository.isEmpty() && !tag.isEmpty() && !tag.contains(":")) {
                pushes.add(new Pushed("", repository, tag));
            }
        }
        return new Reading.Understood(pushes, resources.size() - pushes.size());
    }
}
