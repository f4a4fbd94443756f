package dev.bootproof.poller.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.bootproof.events.Digest;
import dev.bootproof.events.ImageRef;
import dev.bootproof.poller.Outcome;
import dev.bootproof.poller.Registries.Built;
import dev.bootproof.poller.Registries.Known;
import dev.bootproof.poller.http.RegistryPeer.Answer;
import dev.bootproof.poller.http.RegistryPeer.Asked;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HeadRegistriesTest {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final Digest DIGEST = Digest.of("manifest");
    private static final Known KNOWN = new Known(DIGEST, null);
    private static final String AMD64 = "{\"schemaVersion\":2,\"annotations\":{}}";
    private static final String INDEX = """
            {"manifests":[
             {"digest":"%s","platform":{"os":"linux","architecture":"amd64"}},
             {"digest":"%s","platform":{"os":"linux","architecture":"arm","variant":"v7"}}]}""".formatted(Digest.of(AMD64), Digest.of("arm"));

    private final CountDownLatch hang = new CountDownLatch(1);
    private final RegistryPeer peer = RegistryPeer.start(this::answer);
    private final HeadRegistries registries = registries(Duration.ofSeconds(30));

    @AfterEach
    void stop() {
        hang.countDown();
        peer.close();
    }

    @Test
    void eachAnswerIsItsOwnOutcome() {
        // When, then
        assertThat(look("there")).isEqualTo(new Outcome.Unchanged());
        assertThat(registries.look(image("there"), null, null))
                .isEqualTo(new Outcome.Moved(DIGEST, "\"tag of it\"", null));
        assertThat(look("nowhere")).isInstanceOf(Outcome.NotFound.class);
        assertThat(look("forbidden")).isInstanceOf(Outcome.Forbidden.class);
        assertThat(look("unauthorized"))
                .isEqualTo(new Outcome.Unauthorized(peer.address() + " answered 401 and does not say how to log in"));
        assertThat(look("broken")).isEqualTo(new Outcome.ServerTrouble(peer.address() + " answered 500", null));
        assertThat(look("busy"))
                .isEqualTo(new Outcome.ServerTrouble(peer.address() + " answered 503", Duration.ofSeconds(3)));
        assertThat(look("nameless")).isEqualTo(new Outcome.BadAnswer("the registry names no digest"));
        assertThat(look("misnamed")).isInstanceOf(Outcome.BadAnswer.class);
        assertThat(look("teapot")).isEqualTo(new Outcome.BadAnswer(peer.address() + " answered 418"));
        assertThat(registries.look(image("same"), null, null)).isInstanceOf(Outcome.BadAnswer.class);
    }

    @Test
    void aRegistryThatIsAskedTooOftenSaysHowLongItIsLeftAlone() {
        // When, then
        assertThat(look("limited")).isEqualTo(new Outcome.RateLimited(Duration.ofSeconds(7)));
        assertThat(look("limited-until")).isEqualTo(new Outcome.RateLimited(Duration.ofSeconds(90)));
        assertThat(look("limited-epoch")).isEqualTo(new Outcome.RateLimited(Duration.ofSeconds(60)));
        assertThat(look("limited-silently")).isEqualTo(new Outcome.RateLimited(RetryAfter.UNSAID));
        assertThat(look("limited-for-ever")).isEqualTo(new Outcome.RateLimited(Duration.ofHours(6)));
    }

    @Test
    void theConditionIsTheDigestOrTheTagThatTheRegistryGaveIt() {
        // When, then
        assertThat(look("condition")).isEqualTo(new Outcome.Unchanged());
        assertThat(registries.look(image("etag"), new Known(Digest.of("other"), "\"tag of it\""), null))
                .isEqualTo(new Outcome.Unchanged());
    }

    @Test
    void noAnswerNoConnectionAndNoSecureConnectionAreToldApart() throws IOException {
        // Given
        HeadRegistries impatient = registries(Duration.ofSeconds(1));
        ImageRef gone = ImageRef.parse("127.0.0.1:1/os:latest");
        ImageRef nowhere = ImageRef.parse("registry.invalid/os:latest");
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ImageRef mute = ImageRef.parse("127.0.0.1:" + socket.getLocalPort() + "/os:latest");

            // When, then
            assertThat(impatient.look(image("hangs"), KNOWN, null)).isInstanceOf(Outcome.Timeout.class);
            assertThat(impatient.look(mute, KNOWN, null)).isInstanceOf(Outcome.Timeout.class);
            assertThat(registries.look(gone, KNOWN, null)).isInstanceOf(Outcome.Unreachable.class);
            assertThat(registries.look(nowhere, KNOWN, null)).isInstanceOf(Outcome.Unreachable.class);
        }
    }

    @Test
    void aServerWithoutACertificateIsNoSecureConnection() throws Exception {
        // Given
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(SSLContext.getDefault()));
        server.start();
        URI address = URI.create("https://127.0.0.1:" + server.getAddress().getPort() + "/v2/");

        // When
        IOException failure = catchThrowableOfType(
                IOException.class, () -> new Exchange(Duration.ofSeconds(10)).send(HttpRequest.newBuilder(address)));

        // Then
        server.stop(0);
        assertThat(Answers.failure("registry.example", failure)).isInstanceOf(Outcome.TlsTrouble.class);
    }

    @Test
    void moreThanAManifestCanBeIsNotRead() {
        // Given
        try (RegistryPeer endless = RegistryPeer.start(
                asked -> asked.method().equals("HEAD") ? found(DIGEST) : Answer.json("x".repeat((4 << 20) + 1)))) {
            ImageRef image = ImageRef.parse(endless.address() + "/os:latest");

            // When
            Outcome outcome = registries.look(image, null, "linux/amd64");

            // Then
            assertThat(outcome).isInstanceOf(Outcome.BadAnswer.class);
        }
    }

    @Test
    void aRedirectIsFollowedWhereTheRegistryMaySendUsAndNobodyIsToldWhoWeAre() {
        // When, then
        assertThat(registries.look(image("moved"), null, null)).isInstanceOf(Outcome.Moved.class);
        assertThat(registries.look(image("moved-out"), null, null))
                .isEqualTo(new Outcome.BadAnswer(
                        peer.address() + ": it points to http://registry.invalid, where it may not send us"));
        assertThat(registries.look(image("circle"), null, null)).isInstanceOf(Outcome.BadAnswer.class);
    }

    @Test
    void theManifestOfThePlatformIsNamedBesideTheDigestOfTheTag() {
        // When, then
        assertThat(registries.look(image("index"), null, "linux/amd64"))
                .isEqualTo(new Outcome.Moved(Digest.of(INDEX), null, Digest.of(AMD64)));
        assertThat(registries.look(image("index"), null, "linux/arm/v7"))
                .isEqualTo(new Outcome.Moved(Digest.of(INDEX), null, Digest.of("arm")));
        assertThat(registries.look(image("single"), null, "linux/amd64"))
                .isEqualTo(new Outcome.Moved(Digest.of(AMD64), null, Digest.of(AMD64)));
        assertThat(registries.look(image("index"), null, "linux/s390x"))
                .isEqualTo(new Outcome.NoPlatform(Digest.of(INDEX) + " has no manifest for linux/s390x"));
        assertThat(registries.look(image("forged"), null, "linux/amd64")).isInstanceOf(Outcome.BadAnswer.class);
    }

    @Test
    void anImageSaysInItsAnnotationOrLabelWhatItWasBuiltFrom() {
        // Given
        String config = "{\"config\":{\"Labels\":{\"org.opencontainers.image.revision\":\"c0ffee\"}}}";
        String labelled = "{\"config\":{\"digest\":\"" + Digest.of(config) + "\"}}";
        String index = "{\"manifests\":[{\"digest\":\"" + Digest.of(labelled) + "\"}]}";
        String annotated = "{\"annotations\":{\"org.opencontainers.image.revision\":\"abcdef\"}}";
        try (RegistryPeer served = RegistryPeer.start(served(List.of(config, labelled, index, annotated, AMD64)))) {
            ImageRef image = ImageRef.parse(served.address() + "/os:latest");

            // When, then
            assertThat(registries.builtFrom(image.at(Digest.of(annotated)))).isEqualTo(new Built.From("abcdef"));
            assertThat(registries.builtFrom(image.at(Digest.of(index)))).isEqualTo(new Built.From("c0ffee"));
            assertThat(registries.builtFrom(image.at(Digest.of(AMD64)))).isEqualTo(new Built.Unsaid());
            assertThat(registries.builtFrom(image.at(DIGEST))).isInstanceOf(Built.Unknown.class);
        }
    }

    private static Function<Asked, Answer> served(List<String> contents) {
        return asked -> contents.stream()
                .filter(content -> asked.path().endsWith(Digest.of(content).value()))
                .findFirst()
                .map(Answer::json)
                .orElseGet(() -> Answer.of(404));
    }

    private static HeadRegistries registries(Duration patience) {
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        LoginFiles none = new LoginFiles(List.of(), new CredentialHelper(clock));
        return new HeadRegistries(patience, none, clock);
    }

    private Outcome look(String tag) {
        return registries.look(image(tag), KNOWN, null);
    }

    private ImageRef image(String tag) {
        return ImageRef.parse(peer.address() + "/os:" + tag);
    }

    private Answer answer(Asked asked) {
        String tag = asked.path().substring(asked.path().lastIndexOf('/') + 1);
        return switch (tag) {
            case "there" -> found(DIGEST);
            case "nowhere" -> Answer.of(404);
            case "forbidden" -> Answer.of(403);
            case "unauthorized" -> Answer.of(401);
            case "limited" -> Answer.of(429, "Retry-After", "7");
            case "limited-until" -> Answer.of(429, "Retry-After", "Fri, 20 Nov 2026 10:01:30 GMT");
            case "limited-epoch" ->
                Answer.of(
                        429,
                        "X-RateLimit-Reset",
                        String.valueOf(NOW.plusSeconds(60).getEpochSecond()));
            case "limited-silently" -> Answer.of(429);
            case "limited-for-ever" -> Answer.of(429, "Retry-After", "999999999");
            case "busy" -> Answer.of(503, "Retry-After", "3");
            case "broken" -> Answer.of(500);
            case "nameless" -> Answer.of(200);
            case "misnamed" -> Answer.of(200, "Docker-Content-Digest", "md5:1234");
            case "same" -> Answer.of(304);
            case "condition" -> conditional(asked, '"' + DIGEST.value() + '"');
            case "etag" -> conditional(asked, "\"tag of it\"");
            case "hangs" -> hang();
            case "moved" -> Answer.of(307, "Location", "/v2/os/manifests/there");
            case "moved-out" -> Answer.of(307, "Location", "http://registry.invalid/v2/os/manifests/there");
            case "circle" -> Answer.of(302, "Location", asked.path());
            case "index", "forged" -> named(Digest.of(tag.equals("index") ? INDEX : "forged"));
            case "single" -> named(Digest.of(AMD64));
            default -> content(tag);
        };
    }

    private static Answer content(String digest) {
        if (digest.equals(Digest.of("forged").value())) {
            return Answer.json("something else");
        }
        return served(List.of(INDEX, AMD64))
                                .apply(new Asked("GET", digest, "", Map.of(), ""))
                                .status()
                        == 200
                ? served(List.of(INDEX, AMD64)).apply(new Asked("GET", digest, "", Map.of(), ""))
                : Answer.of(418);
    }

    private Answer hang() {
        try {
            hang.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Answer.of(200);
    }

    private static Answer conditional(Asked asked, String condition) {
        return Answer.of(condition.equals(asked.header("If-none-match")) ? 304 : 500);
    }

    private static Answer named(Digest digest) {
        return Answer.of(200, "Docker-Content-Digest", digest.value());
    }

    private static Answer found(Digest digest) {
        return new Answer(200, Map.of("Docker-Content-Digest", digest.value(), "ETag", "\"tag of it\""), "");
    }
}
