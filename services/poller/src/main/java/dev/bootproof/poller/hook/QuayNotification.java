package dev.bootproof.poller.hook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bootproof.poller.hook.Reading.Pushed;
import java.util.ArrayList;
import java.util.List;

/**
 * The repository push notifications of Quay; the tags are a list, in old versions the names of an object.
 *
 * @see <a href="https://docs.redhat.com/en/documentation/red_hat_quay/3.4/html/use_red_hat_quay/repository_notifications">
 *     Repository notifications</a>
 */
final class QuayNotification {
    private QuayNotification() {}

    static Reading read(Delivery delivery) {
        JsonNode body = delivery.body();
        String url = body.path("docker_url").asText("");
        if (url.isEmpty()) {
            return new Reading.Misunderstood("this is no notification of Quay: docker_url is missing");
        }
        List<String> tags = new ArrayList<>();
        JsonNode updated = body.path("updated_tags");
        updated.fieldNames().forEachRemaining(tags::add);
        if (updated.isArray()) {
            updated.forEach(tag -> tags.add(tag.asText()));
        }
        List<Pushed> pushes = tags.stream()
                .flatMap(tag -> Pushed.of(url + ":" + tag).stream())
                .toList();
        return pushes.isEmpty() ? Reading.other() : new Reading.Understood(pushes, 0);
    }
}
