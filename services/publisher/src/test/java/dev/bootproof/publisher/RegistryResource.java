package dev.bootproof.publisher;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A real registry, Debian's docker-registry, that a test may stop and start again at the same address. */
public class RegistryResource implements QuarkusTestResourceLifecycleManager {
    /** A registry into which we may push and that is never there. */
    static final String AWAY = "localhost:1";

    private @Nullable Process process;
    private @Nullable Path config;
    private @Nullable String address;

    @Override
    public Map<String, String> start() {
        try (ServerSocket free = new ServerSocket(0)) {
            address = "127.0.0.1:" + free.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        config = configure(address);
        up();
        return Map.of(
                "publisher.push-beside",
                address + "," + AWAY,
                "publisher.results-repository",
                address + "/bootproof/results",
                "publisher.retry-first",
                "100ms",
                "publisher.retry-longest",
                "500ms",
                "publisher.tell-timeout",
                "1s",
                "publisher.tell-first",
                "100ms",
                "publisher.tell-longest",
                "300ms",
                "quarkus.http.test-port",
                "0");
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(this, new TestInjector.MatchesType(RegistryResource.class));
    }

    @Override
    public void stop() {
        down();
    }

    String address() {
        return Objects.requireNonNull(address);
    }

    void up() {
        try {
            Process started = new ProcessBuilder("docker-registry", "serve", String.valueOf(config))
                    .redirectErrorStream(true)
                    .start();
            process = started;
            var log = started.inputReader();
            for (String line = log.readLine(); line != null; line = log.readLine()) {
                if (line.contains("listening on")) {
                    Thread.ofVirtual().start(() -> log.lines().forEach(ignored -> {}));
                    return;
                }
            }
            throw new AssertionError("docker-registry ended before it listened");
        } catch (IOException e) {
            throw new AssertionError("docker-registry is not on the PATH: apt-get install docker-registry", e);
        }
    }

    void down() {
        if (process != null) {
            process.destroyForcibly().onExit().join();
        }
    }

    private static Path configure(String address) {
        try {
            Path directory = Files.createTempDirectory("bootproof-registry");
            return Files.writeString(
                    directory.resolve("config.yml"), """
                    version: 0.1
                    storage:
                      filesystem:
                        rootdirectory: %s
                    http:
                      addr: %s
                    """.formatted(directory.resolve("storage"), address));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
