package dev.bootproof.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.bootproof.events.Digest;
import dev.bootproof.events.ImageRef;
import dev.bootproof.testing.RegistryProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What fires a run beside a push to the lab's own registry. The images cannot boot, so the runs are short. */
@Order(13)
@Tag("slow")
@ExtendWith(LabExtension.class)
class WatchingIT {
    private static final Duration MINUTE_AND_MORE = Duration.ofSeconds(150);
    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    private final Lab lab;

    @TempDir
    Path directory;

    WatchingIT(Lab lab) {
        this.lab = lab;
    }

    @BeforeEach
    void up() {
        lab.up();
    }

    /** A small image that no recipe can boot. */
    private Layout small(String name) {
        return Layout.empty(directory.resolve(name)).with(name + "-1", tar -> Layer.file(tar, "name", 0644, name));
    }

    @Test
    void aScheduleFiresAStreamThatDidNotMove() {
        // Given
        ImageRef image = lab.images().push(small("nightly"), "nightly-os:latest");
        // When
        lab.catalog().stream(image.toString(), """
                onFirstSight: remember
                interval: PT1H
                schedule: ["* * * * *"]
                """);
        // Then
        await().atMost(MINUTE_AND_MORE)
                .untilAsserted(() -> assertThat(lab.runs(image.toString()))
                        .anySatisfy(run ->
                                assertThat(run.story().path("trigger").asText()).isEqualTo("schedule")));
        lab.catalog().stream(image.toString(), "onFirstSight: remember\n");
    }

    @Test
    void anotherRegistrysNotificationIsAHintAndTheRegistryIsAskedItself() throws Exception {
        // Given
        try (RegistryProcess other = RegistryProcess.start(directory.resolve("registry"))) {
            ImageRef image = other.ref("org/os:latest");
            push(small("first"), image);
            lab.catalog().stream(image.toString(), "onFirstSight: remember\ninterval: PT1H\n");
            Web poller = new Web("http://" + lab.address("poller"));
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(poller.text("/streams")).contains(image.stream()));
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(poller.text("/streams"))
                            .contains(digest(image).hex().substring(0, 12)));
            // When
            push(small("second"), image);
            String body = """
                    {"type":"PUSH_ARTIFACT","event_data":{"resources":[{"digest":"sha256:%s","tag":"latest",
                    "resource_url":"%s"}],"repository":{"name":"os","repo_full_name":"org/os"}}}
                    """.formatted("f".repeat(64), image.stream());
            int status = post(poller.address() + "/hooks/harbor", body);
            // Then
            assertThat(status).isEqualTo(200);
            Run run = lab.awaitRun(image.toString(), 1);
            assertThat(run.story().path("trigger").asText()).isEqualTo("push");
            assertThat(lab.awaitVerdict(run.id()).digest())
                    .isEqualTo(digest(image).value());
            lab.awaitNothingLeft(run.id());
        }
    }

    @Test
    void aLabelledPullRequestsOwnImageIsTestedAndOneWithoutAnImageIsTold() throws IOException {
        // Given
        HttpServer github = github();
        ImageRef image = lab.images().push(small("pr"), "pr-os:pr-42");
        try {
            // When
            lab.catalog().section("pullRequests", """
                    - repository: org/os
                      label: test me
                      image: %s/pr-os:pr-{number}
                      interval: PT5S
                      api: http://127.0.0.1:%d
                    """.formatted(
                            lab.address("registry"), github.getAddress().getPort()));
            Run run = lab.awaitVerdict(lab.awaitRun(image.toString(), 1).id());
            Run none = lab.awaitVerdict(
                    lab.awaitRun(lab.images().named("pr-os:pr-43").toString(), 1)
                            .id());
            // Then
            assertThat(run.story().path("trigger").asText()).isEqualTo("pull-request");
            assertThat(run.digest()).isEqualTo(lab.images().digest(image).value());
            assertThat(none.verdict()).as(none.summary()).isEqualTo("skipped");
            assertThat(none.fault()).isEqualTo("no-image");
        } finally {
            lab.catalog().section("pullRequests", "[]\n");
            github.stop(0);
        }
    }

    /** As much of GitHub's REST API as says that two open pull requests carry the label. */
    private static HttpServer github() throws IOException {
        String pulls = List.of(42, 43).stream()
                .map("""
                        {"number":%1$d,"state":"open","labels":[{"name":"test me"}],
                         "pull_request":{"url":"https://example.org/%1$d"},"head":{"sha":"COMMIT"},"merge_commit_sha":null}
                        """::formatted)
                .map(pull -> pull.replace("COMMIT", COMMIT))
                .toList()
                .toString();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            String one = path.matches(".*/4[23]")
                    ? pulls.replaceAll("^\\[|]$", "").split("\n, ", -1)[path.endsWith("42") ? 0 : 1]
                    : pulls;
            byte[] body = one.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }

    private void push(Layout layout, ImageRef image) {
        try (var registry = lab.images().registry()) {
            registry.pushLayout(layout.directory(), image);
        }
    }

    private Digest digest(ImageRef image) {
        return lab.images().digest(image);
    }

    private static int post(String address, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, BodyHandlers.discarding()).statusCode();
        }
    }
}
