package dev.bootproof.poller.hook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bootproof.events.EventJson;
import dev.bootproof.poller.hook.Reading.Pushed;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReceiverTest {
    private static final Map<String, String> NONE = Map.of();

    @Test
    void distributionNamesTheTagsThatWerePushed() {
        // When
        Reading reading = read(Receiver.DISTRIBUTION, NONE, "distribution");

        // Then
        assertThat(reading).isEqualTo(pushed(2, new Pushed("registry.example.org", "library/test", "latest")));
    }

    @Test
    void zotIsUnderstoodInEveryModeAndUnderEveryPrefix() {
        // Given
        Pushed pushed = new Pushed("registry.example.org", "org/os", "stable");
        Map<String, String> binary =
                Map.of("ce-type", "com.example.image.updated", "ce-source", "https://registry.example.org");
        JsonNode event = body("zot-event");
        JsonNode batch = EventJson.mapper().createArrayNode().add(event).add(event);
        Map<String, String> deleted = Map.of("ce-type", "zotregistry.image.deleted", "ce-source", "zotregistry.dev");

        // When, then
        assertThat(read(Receiver.ZOT, NONE, "zot-event")).isEqualTo(pushed(0, pushed));
        assertThat(read(Receiver.ZOT, binary, "zot-data")).isEqualTo(pushed(0, pushed));
        assertThat(Receiver.ZOT.read(new Delivery(NONE, batch))).isEqualTo(pushed(0, pushed, pushed));
        assertThat(read(Receiver.ZOT, deleted, "zot-data")).isEqualTo(Reading.other());
    }

    @Test
    void githubNamesContainersWhateverItsEventIsCalled() {
        // When, then
        assertThat(read(Receiver.GITHUB, event("registry_package"), "github-registry-package"))
                .isEqualTo(pushed(0, new Pushed("ghcr.io", "org/os", "stable")));
        assertThat(read(Receiver.GITHUB, event("package"), "github-package"))
                .isEqualTo(pushed(0, new Pushed("ghcr.io", "org/os", "testing")));
        assertThat(read(Receiver.GITHUB, event("ping"), "github-package")).isEqualTo(Reading.other());
        assertThat(read(Receiver.GITHUB, event("registry_package"), "github-package"))
                .isInstanceOf(Reading.Misunderstood.class);
    }

    @Test
    void quayNamesSeveralTagsAtOnce() {
        // When, then
        assertThat(read(Receiver.QUAY, NONE, "quay"))
                .isEqualTo(pushed(
                        0, new Pushed("quay.io", "org/os", "stable"), new Pushed("quay.io", "org/os", "latest")));
        assertThat(read(Receiver.QUAY, NONE, "quay-old"))
                .isEqualTo(pushed(0, new Pushed("quay.io", "org/os", "latest")));
    }

    @Test
    void harborNamesTagsAndADigestIsNone() {
        // Given
        Pushed pushed = new Pushed("harbor.example.org", "library/os", "stable");

        // When, then
        assertThat(read(Receiver.HARBOR, NONE, "harbor")).isEqualTo(pushed(1, pushed));
        assertThat(read(Receiver.HARBOR, NONE, "harbor-cloudevent")).isEqualTo(pushed(0, pushed));
    }

    @ParameterizedTest
    @EnumSource(Receiver.class)
    void whatIsOfNobodyIsRefusedWithASentence(Receiver receiver) {
        // When
        Reading reading = receiver.read(new Delivery(NONE, EventJson.mapper().createObjectNode()));

        // Then
        assertThat(reading)
                .isInstanceOfSatisfying(
                        Reading.Misunderstood.class,
                        bad -> assertThat(bad.sentence()).startsWith("this is no "));
    }

    private static Reading pushed(int others, Pushed... pushes) {
        return new Reading.Understood(List.of(pushes), others);
    }

    private static Map<String, String> event(String name) {
        return Map.of("x-github-event", name);
    }

    private static Reading read(Receiver receiver, Map<String, String> headers, String name) {
        return receiver.read(new Delivery(headers, body(name)));
    }

    private static JsonNode body(String name) {
        try (InputStream resource = ReceiverTest.class.getResourceAsStream("/notifications/" + name + ".json")) {
            return EventJson.mapper().readTree(resource);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
