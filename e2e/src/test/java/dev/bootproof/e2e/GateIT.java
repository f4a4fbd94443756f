package dev.bootproof.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.bootproof.e2e.Command.Outcome;
import dev.bootproof.events.Digest;
import dev.bootproof.events.EventJson;
import dev.bootproof.events.ImageRef;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A verdict that others can act on: signed, checked, told, shown. */
@Order(9)
@Tag("slow")
@ExtendWith(LabExtension.class)
class GateIT {
    private static final String SECRET = "only the two of us know";

    private final Lab lab;

    @TempDir
    Path directory;

    GateIT(Lab lab) {
        this.lab = lab;
    }

    /** What a webhook was told. */
    private record Told(String signature, String body) {}

    @Test
    void theGateOpensForAPassedVerdictOfTheLabsKeyAndForNothingElse() throws Exception {
        // Given
        lab.up();
        List<Told> told = new CopyOnWriteArrayList<>();
        HttpServer hook = hook(told);
        try {
            planThatTells(hook.getAddress().getPort());
            ImageRef image = lab.images().push(lab.images().demo(), "gate-os:latest");
            // When
            Run run = lab.awaitVerdict(lab.fire(image, "gate").id());
            // Then
            assertThat(run.verdict()).as(run.summary()).isEqualTo("passed");
            ImageRef pinned = image.at(lab.images().digest(image));
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(
                            () -> assertThat(verify(pinned, "system").exit()).isZero());
            assertThat(verify(pinned, "smoke").exit()).isEqualTo(1);
            assertThat(verify(pinned, "smoke").toString()).contains("smoke");
            assertThat(strangersKey(pinned).exit()).isEqualTo(1);
            assertThat(verify(image.at(Digest.of("another")), "system").exit()).isEqualTo(1);
            assertToldOnce(told, run);
            assertShown(run, image);
        } finally {
            hook.stop(0);
        }
    }

    private Outcome verify(ImageRef image, String suite) {
        return lab.bootproof("verify", image.toString(), "--suite", suite);
    }

    /** By a key that signed nothing here. */
    private Outcome strangersKey(ImageRef image) throws GeneralSecurityException, IOException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        byte[] stranger = generator.generateKeyPair().getPublic().getEncoded();
        String pem = "-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder().encodeToString(stranger)
                + "\n-----END PUBLIC KEY-----\n";
        Path key = Files.writeString(directory.resolve("stranger.pem"), pem);
        return lab.bootproof("verify", image.toString(), "--suite", "system", "--key", key.toString());
    }

    private void planThatTells(int port) throws IOException {
        Path secrets = Files.createDirectories(lab.home().resolve("secrets"));
        Files.writeString(secrets.resolve("chat"), SECRET + "\n");
        lab.catalog()
                .section(
                        "targets",
                        "chat: {kind: webhook, url: \"http://127.0.0.1:%d/\", secret: chat}\n".formatted(port));
        lab.catalog().plan("gate", """
                recipe:
                  kind: rootfs
                  filesystem: ext4
                  sizeMiB: 2048
                  kernelArguments: ["root=/dev/vda", "rw", "console=tty0", "console=ttyS0"]
                targets: [chat]
                buildTimeout: PT10M
                maxWait: PT30M
                phases:
                  - name: boot
                    memoryMiB: 1024
                    cpus: 2
                    bootTimeout: PT5M
                    suites: [{name: system, timeout: PT5M}]
                """);
    }

    /** Fails the first time, as webhooks do. */
    private static HttpServer hook(List<Told> told) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var failed = new AtomicBoolean();
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            boolean first = failed.compareAndSet(false, true);
            if (!first) {
                told.add(new Told(exchange.getRequestHeaders().getFirst("X-Hub-Signature-256"), body));
            }
            exchange.sendResponseHeaders(first ? 503 : 204, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    private void assertToldOnce(List<Told> told, Run run) throws GeneralSecurityException, IOException {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(told).hasSize(1));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        String body = told.getFirst().body();
        assertThat(told.getFirst().signature())
                .isEqualTo("sha256=" + HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8))));
        assertThat(EventJson.mapper().readTree(body).toString()).contains(run.id(), "passed");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(
                                lab.run(run.id()).story().path("targets").toString())
                        .contains("\"told\""));
    }

    private void assertShown(Run run, ImageRef image) {
        assertThat(lab.web().text("/api/runs/" + run.id() + "/junit.xml")).contains("<testsuite", "system");
        assertThat(lab.web().text("/badge/" + image.stream() + ".svg")).contains("<svg", "passed");
        ImageRef picture = lab.images().named("bootproof/results:gate-os-latest-system-latest");
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            try (var registry = lab.images().registry()) {
                assertThat(registry.find(picture))
                        .hasValueSatisfying(
                                found -> assertThat(found.annotations()).containsValue(run.digest()));
            }
        });
    }
}
