package dev.bootproof.poller.hook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bootproof.poller.hook.Reading.Pushed;
import java.util.ArrayList;
import java.util.List;

/**
 * The envelopes of CNCF Distribution.
 *
 * @see <a href="https://distribution.github.io/distribution/about/notifications/">Notifications</a>
 */
final class DistributionNotification {
    private DistributionNotification() {}

    static Reading read(Delivery delivery) {
        JsonNode events = delivery.body().path("events");
        if (!events.isArray()) {
            return new Reading.Misunderstood("this is no envelope of notifications: send {\"events\":[...]}");
        }
        List<Pushed> pushes = new ArrayList<>();
        for (JsonNode event : events) {
            JsonNode target = event.path("target");
            String tag = target.path("tag").asText("");
            if (event.path("action").asText("").equals("push") && !tag.isEmpty()) {
                String host = event.path("request").path("host").asText("");
                pushes.add(new Pushed(host, target.path("repository").asText(""), tag));
            }
        }
        return new Reading.Understood(pushes, events.size() - pushes.size());
    }
}
