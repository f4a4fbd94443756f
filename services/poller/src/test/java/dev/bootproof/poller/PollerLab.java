package dev.bootproof.poller;

import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.github.tomakehurst.wiremock.WireMockServer;
import dev.bootproof.testing.KafkaResource;
import dev.bootproof.testing.RegistryProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A real broker, a real registry that notifies the poller, and a catalog with its streams. */
public class PollerLab extends KafkaResource {
    /** What the registry shows with its notifications. */
    static final String SECRET = "a secret for tests";

    /** What GitHub is shown. */
    static final String GITHUB_TOKEN = "a token for tests";

    private static final String CATALOG = """
            defaultPlan: boot
            pullRequests:
              - repository: org/os
                label: test me
                image: "REGISTRY/org/pulled:pr-{number}"
                secret: github
                interval: PT1S
                api: http://GITHUB
            plans:
              boot:
                recipe: {kind: rootfs, filesystem: ext4, sizeMiB: 2048, kernelArguments: [rw]}
                phases:
                  - {name: boot, memoryMiB: 512, cpus: 1, bootTimeout: PT1M, suites: [{name: system, timeout: PT1M}]}
                buildTimeout: PT1M
                maxWait: PT1M
            streams:
              - {image: "REGISTRY/org/pushed:latest", interval: PT1H}
              - {image: "REGISTRY/org/gated:latest", interval: PT1H}
              - {image: "REGISTRY/org/rolled:latest", interval: PT1H}
              - {image: "REGISTRY/org/retried:latest", interval: PT1H}
              - {image: "REGISTRY/org/killed:latest", interval: PT1H}
              - {image: "REGISTRY/org/scheduled:latest", interval: PT1H, schedule: ["0 2 * * *"]}
              - {image: "REGISTRY/org/golden:latest", interval: PT1H, canary: true, schedule: ["0 2 * * *"]}
              - {image: "REGISTRY/org/unsure:latest", interval: PT1H}
              - {image: "REGISTRY/org/typed:latest", interval: PT1H}
              - {image: "REGISTRY/org/anew:latest", interval: PT1H}
              - {image: "REGISTRY/org/polled:latest", interval: PT1S, onFirstSight: remember}
            """;

    private final WireMockServer github =
            new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));
    private @Nullable RegistryProcess registry;

    @Override
    public Map<String, String> start() {
        Map<String, String> config = new HashMap<>(super.start());
        try (ServerSocket free = new ServerSocket(0)) {
            Path directory = Files.createTempDirectory("poller");
            int port = free.getLocalPort();
            RegistryProcess started = RegistryProcess.start(directory, notifications(port));
            registry = started;
            github.start();
            String api = "127.0.0.1:" + github.port();
            config.put("test.github", api);
            Path secrets = Files.createDirectories(Path.of(config.get("bootproof.home"), "secrets"));
            Files.writeString(secrets.resolve("github"), GITHUB_TOKEN + "\n");
            Files.writeString(secrets.resolve("hook-github"), SECRET + "\n");
            Files.writeString(secrets.resolve("hook-harbor"), SECRET + "\n");
            Path catalog = directory.resolve("catalog.yaml");
            Files.writeString(
                    catalog, CATALOG.replace("REGISTRY", started.address()).replace("GITHUB", api));
            config.put("bootproof.catalog", catalog.toString());
            config.put("quarkus.http.test-port", String.valueOf(port));
            config.put("test.registry", started.address());
            config.put("poller.retry-backoff", "PT0.2S");
            config.put("poller.canary-pause", "PT2S");
            config.put("poller.forget-after", "PT0.5S");
            config.put(
                    "poller.hooks-secret-file",
                    Files.writeString(directory.resolve("secret"), SECRET + "\n")
                            .toString());
            return config;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        github.stop();
        if (registry != null) {
            registry.close();
        }
        super.stop();
    }

    private static String notifications(int port) {
        return """
                notifications:
                  endpoints:
                    - name: poller
                      url: http://127.0.0.1:%d/hooks/distribution
                      headers: {Authorization: [Bearer %s]}
                      timeout: 5s
                      threshold: 3
                      backoff: 1s
                """.formatted(port, SECRET);
    }
}
