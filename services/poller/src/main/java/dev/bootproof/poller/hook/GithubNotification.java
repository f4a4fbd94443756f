package dev.bootproof.poller.hook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bootproof.poller.hook.Reading.Pushed;
import java.util.List;
import java.util.Locale;

/**
 * The {@code package} and {@code registry_package} events of GitHub, for containers.
 *
 * @see <a href="https://docs.github.com/en/webhooks/webhook-events-and-payloads#package">Webhook events and payloads</a>
 */
final class GithubNotification {
    private static final String HOST = "ghcr.io";

    private GithubNotification() {}

    static Reading read(Delivery delivery) {
        String event = delivery.header("X-GitHub-Event");
        if (event.isEmpty()) {
            return new Reading.Misunderstood("this is no event of GitHub: X-GitHub-Event is missing");
        }
        return switch (event) {
            case "package" -> pushed(delivery.body(), delivery.body().path("package"));
            case "registry_package" -> pushed(delivery.body(), delivery.body().path("registry_package"));
            default -> Reading.other();
        };
    }

    private static Reading pushed(JsonNode body, JsonNode thing) {
        if (!thing.isObject()) {
            return new Reading.Misunderstood("this event names no package: send what GitHub sends for packages");
        }
        String action = body.path("action").asText("");
        String type = thing.path("package_type").asText("container").toLowerCase(Locale.ROOT);
        if (!List.of("published", "updated").contains(action)
                || !List.of("container", "docker").contains(type)) {
            return Reading.other();
        }
        List<Pushed> pushes = named(thing);
        return pushes.isEmpty() ? Reading.other() : new Reading.Understood(pushes, 0);
    }

    /** The address of the package has the tag in it, or the tag stands beside it. */
    private static List<Pushed> named(JsonNode thing) {
        JsonNode version = thing.path("package_version");
        String tag = version.path("container_metadata").path("tag").path("name").asText("");
        String url = version.path("package_url").asText("").toLowerCase(Locale.ROOT);
        if (tag.isEmpty()) {
            return url.lastIndexOf(':') > url.lastIndexOf('/')
                    ? Pushed.of(version.path("package_url").asText(""))
                    : List.of();
        }
        String owner =
                thing.path("namespace").asText(thing.path("owner").path("login").asText(""));
        String repository = owner + "/" + thing.path("name").asText("");
        return List.of(new Pushed(HOST, repository.toLowerCase(Locale.ROOT), tag));
    }
}
