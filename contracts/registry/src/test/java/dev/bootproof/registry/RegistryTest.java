package dev.bootproof.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.bootproof.events.Digest;
import dev.bootproof.events.Fault;
import dev.bootproof.events.ImageRef;
import dev.bootproof.events.Names;
import dev.bootproof.registry.RegistryException.Kind;
import dev.bootproof.testing.RegistryProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real registry; where it must misbehave, against its files or a socket. */
class RegistryTest {
    private static final String TYPE = "application/vnd.example.v1+json";

    @TempDir
    private static Path shared;

    private static RegistryProcess server;
    private static Registry registry;

    @TempDir
    private Path files;

    @BeforeAll
    static void start() throws IOException {
        server = RegistryProcess.start(shared);
        registry = new Registry(new RegistryOptions(Set.of(), Duration.ofSeconds(5)));
    }

    @AfterAll
    static void stop() {
        registry.close();
        server.close();
    }

    @Test
    void aTagThatWasDeletedIsGoneAndMayBeDeletedAgain() {
        // Given
        ImageRef tag = server.ref("lab/evidence:step");
        registry.push(tag, new Artifact(TYPE, List.of(), Map.of("k", "step"), null));

        // When
        registry.delete(tag);
        registry.delete(tag);

        // Then
        assertThat(registry.find(tag)).isEmpty();
    }

    @Test
    void anArtifactIsReadBackAsItWasPushed() throws IOException {
        // Given
        byte[] bytes = new byte[3 << 20];
        new Random(7).nextBytes(bytes);
        Path file = Files.write(files.resolve("screenshot.png"), bytes);
        ImageRef tag = server.ref("lab/evidence:one");
        Artifact artifact = new Artifact(
                TYPE, List.of(new Artifact.File("screenshot.png", "image/png", file)), Map.of("k", "v"), null);

        // When
        ImageRef pushed = registry.push(tag, artifact);

        // Then
        ManifestView view = registry.manifest(pushed);
        assertThat(registry.resolve(tag)).isEqualTo(pushed.digest()).isEqualTo(view.digest());
        assertThat(view.artifactType()).isEqualTo(TYPE);
        assertThat(view.annotations()).containsExactly(Map.entry("k", "v"));
        assertThat(view.layers()).hasSize(1);
        Descriptor layer = view.layers().getFirst();
        assertThat(layer.title()).isEqualTo("screenshot.png");
        assertThat(registry.bytes(pushed, layer)).isEqualTo(bytes);
        try (InputStream stream = registry.blob(pushed, layer)) {
            assertThat(stream).hasBinaryContent(bytes);
        }
    }

    @Test
    void pushingAgainIsTheSameDigest() throws IOException {
        // Given
        ImageRef first = push("lab/again:one", "the same", null);

        // When
        ImageRef second = push("lab/again:one", "the same", null);

        // Then
        assertThat(second).isEqualTo(first);
    }

    @Test
    void aBlobToWhichTheRegistryLostItsLinkIsSentAgain() throws IOException {
        // Given
        push("lab/linkless:one", "the same", null);
        Path layers = shared.resolve("storage/docker/registry/v2/repositories/lab/linkless/_layers");
        try (Stream<Path> links = Files.find(layers, 3, (path, _) -> path.endsWith("link"))) {
            for (Path link : links.toList()) {
                Files.writeString(link, "");
            }
        }

        // When
        ImageRef again = push("lab/linkless:two", "the same", null);

        // Then
        assertThat(registry.find(again)).isPresent();
    }

    @Test
    void nothingIsFoundWhereNothingIs() {
        // Given
        ImageRef absent = server.ref("lab/nobody:none");

        // When
        ThrowingCallable resolving = () -> registry.resolve(absent);

        // Then
        assertThat(registry.find(absent)).isEmpty();
        fails(resolving, Kind.NOT_FOUND, Fault.IMAGE_NOT_FOUND);
    }

    @Test
    void aReferrerIsListedThoughTheRegistryListsNone() throws IOException {
        // Given
        ImageRef image = push("lab/os:testing", "an image", null);
        Descriptor subject = registry.descriptor(image);

        // When
        ImageRef result = push("lab/os:os-testing-0123456789ab-result", "passed", subject);

        // Then
        assertThat(registry.referrers(image)).singleElement().satisfies(referrer -> {
            assertThat(referrer.digest()).isEqualTo(result.digest());
            assertThat(referrer.artifactType()).isEqualTo(TYPE);
            assertThat(referrer.annotations()).containsEntry("verdict", "passed");
        });
        assertThat(registry.find(image.tagged(Names.referrersTag(subject.digest()))))
                .isPresent();
    }

    @Test
    void concurrentWritersLoseNoReferrer() throws Exception {
        // Given
        ImageRef image = push("lab/busy:testing", "an image", null);
        Descriptor subject = registry.descriptor(image);
        List<Callable<ImageRef>> writers = IntStream.range(0, 6)
                .<Callable<ImageRef>>mapToObj(
                        n -> () -> push("lab/busy:run-00000000000" + n + "-result", "result " + n, subject))
                .toList();

        // When
        List<Digest> pushed;
        try (var executor = Executors.newVirtualThreadPerTaskExecutor();
                Registry other = new Registry(RegistryOptions.defaults())) {
            assertThat(other.referrers(image)).isEmpty();
            pushed = executor.invokeAll(writers).stream()
                    .map(done -> String.valueOf(done.resultNow().digest()))
                    .map(Digest::new)
                    .toList();
        }

        // Then
        assertThat(registry.referrers(image))
                .extracting(Descriptor::digest)
                .containsExactlyInAnyOrderElementsOf(pushed);
    }

    @Test
    void aBlobOfOtherBytesIsAMismatch() throws IOException {
        // Given
        ImageRef pushed = push("lab/tampered:one", "the true bytes", null);
        Descriptor layer = registry.manifest(pushed).layers().getFirst();
        Files.writeString(server.blob(layer.digest().hex()), "the fake bytes");

        // When
        ThrowingCallable reading = () -> registry.bytes(pushed, layer);

        // Then
        fails(reading, Kind.MISMATCH, Fault.DIGEST_MISMATCH);
    }

    @Test
    void aPinnedManifestOfOtherBytesIsAMismatch() throws IOException {
        // Given
        ImageRef pinned = push("lab/swapped:one", "one", null);
        ImageRef other = push("lab/swapped:two", "two", null);
        Files.copy(
                server.blob(registry.descriptor(other).digest().hex()),
                server.blob(registry.descriptor(pinned).digest().hex()),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);

        // When
        ThrowingCallable reading = () -> registry.manifest(pinned);

        // Then
        fails(reading, Kind.MISMATCH, Fault.DIGEST_MISMATCH);
    }

    @Test
    void aDeadRegistryIsUnavailable() throws IOException {
        // Given
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }

        // When
        ThrowingCallable resolving = () -> registry.resolve(ImageRef.parse("127.0.0.1:" + port + "/lab/os:testing"));

        // Then
        fails(resolving, Kind.UNAVAILABLE, Fault.REGISTRY_UNAVAILABLE);
    }

    @Test
    void aRegistryThatSaysNoHasRefused() throws Exception {
        // Given
        try (var stub = new StubRegistry("HTTP/1.1 403 Forbidden")) {
            // When
            ThrowingCallable resolving = () -> registry.resolve(stub.ref("lab/os:testing"));

            // Then
            fails(resolving, Kind.REFUSED, Fault.REGISTRY_REFUSED);
            assertThat(stub.requests()).isEqualTo(1);
        }
    }

    @Test
    void aBusyRegistryIsAskedThreeTimes() throws Exception {
        // Given
        try (var stub = new StubRegistry("HTTP/1.1 503 Service Unavailable")) {
            // When
            ThrowingCallable resolving = () -> registry.resolve(stub.ref("lab/os:testing"));

            // Then
            fails(resolving, Kind.UNAVAILABLE, Fault.REGISTRY_UNAVAILABLE);
            assertThat(stub.requests()).isEqualTo(3);
        }
    }

    @Test
    void aLayoutIsPushedWithAllItsManifests() throws IOException {
        // Given
        TestLayout layout = TestLayout.write(files.resolve("layout"));
        ImageRef tag = server.ref("lab/layout:testing");

        // When
        registry.pushLayout(layout.directory(), tag);
        registry.pushLayout(layout.directory(), tag);

        // Then
        ManifestView index = registry.manifest(tag);
        assertThat(index.digest()).isEqualTo(layout.index());
        assertThat(index.isIndex()).isTrue();
        assertThat(index.manifests()).extracting(Descriptor::platform).containsExactly("linux/amd64");
        ManifestView image =
                registry.manifest(tag.at(index.manifests().getFirst().digest()));
        assertThat(registry.bytes(tag, image.layers().getFirst()))
                .isEqualTo("a layer".getBytes(StandardCharsets.UTF_8));
    }

    private ImageRef push(String path, String content, @Nullable Descriptor subject) throws IOException {
        Path file = Files.writeString(Files.createTempFile(files, "artifact", ".txt"), content);
        Artifact.File only = new Artifact.File("result.json", "application/json", file);
        return registry.push(server.ref(path), new Artifact(TYPE, List.of(only), Map.of("verdict", "passed"), subject));
    }

    private static void fails(ThrowingCallable call, Kind kind, Fault fault) {
        assertThatThrownBy(call).asInstanceOf(type(RegistryException.class)).satisfies(e -> {
            assertThat(e.kind()).isEqualTo(kind);
            assertThat(e.fault()).isEqualTo(fault);
            assertThat(e).hasMessageContaining("lab/");
        });
    }

    /** Answers every request with one status. */
    private static final class StubRegistry implements AutoCloseable {
        private final ServerSocket socket = new ServerSocket(0);
        private final java.util.concurrent.atomic.AtomicInteger requests =
                new java.util.concurrent.atomic.AtomicInteger();

        StubRegistry(String status) throws IOException {
            Thread.ofVirtual().start(() -> serve(status));
        }

        ImageRef ref(String path) {
            return ImageRef.parse("127.0.0.1:" + socket.getLocalPort() + "/" + path);
        }

        int requests() {
            return requests.get();
        }

        private void serve(String status) {
            while (!socket.isClosed()) {
                try (var connection = socket.accept();
                        OutputStream out = connection.getOutputStream()) {
                    connection.getInputStream().read(new byte[4096]);
                    requests.incrementAndGet();
                    out.write((status + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                    return;
                }
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
