package dev.bootproof.diskbuilder;

import static dev.bootproof.diskbuilder.FileServer.breaking;
import static dev.bootproof.diskbuilder.FileServer.serving;
import static dev.bootproof.diskbuilder.FileServer.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bootproof.events.Digest;
import dev.bootproof.events.Download;
import dev.bootproof.events.Fault;
import dev.bootproof.events.LocalLab;
import dev.bootproof.stage.StageFault;
import dev.bootproof.stage.Stopping;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over real HTTP. */
class DownloadsTest {
    @TempDir
    Path home;

    private final byte[] content = noise(300_000, 1);
    private final Digest checksum = Digest.of(content);
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private LocalLab lab;

    @BeforeEach
    void open() {
        lab = new LocalLab(home);
    }

    @Test
    void aFileIsFetchedOnceForAllWhoWantIt() throws Exception {
        // Given
        try (FileServer server = new FileServer(serving(content));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Downloads downloads = downloads(Duration.ZERO);

            // When
            List<Future<byte[]>> read = IntStream.range(0, 5)
                    .mapToObj(n -> threads.submit(() -> read(downloads, server.uri())))
                    .toList();

            // Then
            for (Future<byte[]> each : read) {
                assertThat(each.get()).isEqualTo(content);
            }
            assertThat(server.asked()).hasSize(1);
            assertThat(Directories.children(lab.downloads())).containsExactly(kept());
            assertThat(Directories.children(lab.work())).isEmpty();
            assertThat(metrics.counter("bootproof.disk.fetched.bytes").count()).isEqualTo(content.length);
        }
    }

    @Test
    void otherBytesThanTheChecksumAreRefusedAndNotKept() throws IOException {
        // Given
        try (FileServer server = new FileServer(serving(noise(1000, 2)))) {
            // When
            StageFault fault = fault(Duration.ofSeconds(5), server.uri());

            // Then
            assertThat(fault.fault()).isEqualTo(Fault.DIGEST_MISMATCH);
            assertThat(fault.evidence()).contains("bytes of " + Digest.of(noise(1000, 2)), checksum.value());
            assertThat(Directories.children(lab.downloads())).isEmpty();
            assertThat(Directories.children(lab.work())).isEmpty();
        }
    }

    @Test
    void aTransferThatBreaksOffGoesOnWhereItStopped() throws IOException {
        // Given
        try (FileServer server = new FileServer(breaking(content, 100_000), serving(content))) {
            // When
            byte[] read = read(downloads(Duration.ofSeconds(10)), server.uri());

            // Then
            assertThat(read).isEqualTo(content);
            assertThat(server.asked()).hasSize(2);
            assertThat(server.asked().getLast()).startsWith("bytes=").isNotEqualTo("bytes=0-");
        }
    }

    @Test
    void aServerThatCannotGoOnStartsAnew() throws IOException {
        // Given
        FileServer.Answer whole = exchange -> {
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
        };
        try (FileServer server = new FileServer(breaking(content, 100_000), whole)) {
            // When
            byte[] read = read(downloads(Duration.ofSeconds(10)), server.uri());

            // Then
            assertThat(read).isEqualTo(content);
        }
    }

    @Test
    void aFileThatIsAlwaysCutOffIsTheServersFault() throws IOException {
        // Given
        try (FileServer server = new FileServer(breaking(content, 100_000))) {
            // When
            StageFault fault = fault(Duration.ZERO, server.uri());

            // Then
            assertThat(fault.fault()).isEqualTo(Fault.REGISTRY_UNAVAILABLE);
            assertThat(fault.evidence()).contains("/os.raw: ", "bytes had come");
            assertThat(Directories.children(lab.work())).isEmpty();
        }
    }

    @Test
    void everyAnswerHasItsRowInTheFaultTable() throws IOException {
        // Given
        Duration none = Duration.ZERO;

        // Then
        assertThat(answered(none, 404)).isEqualTo(Fault.IMAGE_NOT_FOUND);
        assertThat(answered(none, 410)).isEqualTo(Fault.IMAGE_NOT_FOUND);
        assertThat(answered(none, 401)).isEqualTo(Fault.REGISTRY_REFUSED);
        assertThat(answered(none, 403)).isEqualTo(Fault.REGISTRY_REFUSED);
        assertThat(answered(none, 429)).isEqualTo(Fault.REGISTRY_UNAVAILABLE);
        assertThat(answered(none, 500)).isEqualTo(Fault.REGISTRY_UNAVAILABLE);
        assertThat(answered(none, 503)).isEqualTo(Fault.REGISTRY_UNAVAILABLE);
    }

    @Test
    void aServerThatAsksForPatienceGetsAsMuchAsThereIs() throws IOException {
        // Given
        try (FileServer soon = new FileServer(status(429, "Retry-After", "1"), serving(content));
                FileServer late = new FileServer(status(429, "Retry-After", "3600"))) {
            Instant start = Instant.now();

            // When
            byte[] read = read(downloads(Duration.ofSeconds(10)), soon.uri());
            Instant end = Instant.now();
            lab = new LocalLab(home.resolve("other"));
            StageFault fault = fault(Duration.ofSeconds(10), late.uri());

            // Then
            assertThat(read).isEqualTo(content);
            assertThat(Duration.between(start, end)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
            assertThat(fault.fault()).isEqualTo(Fault.REGISTRY_UNAVAILABLE);
            assertThat(fault.evidence()).contains("HTTP 429", "come again in 3600 s");
            assertThat(late.asked()).hasSize(1);
        }
    }

    @Test
    void aServerThatDripsEndsWithTheBudgetAndOneThatIsSilentWithItsPatience() throws IOException {
        // Given
        CountDownLatch never = new CountDownLatch(1);
        FileServer.Answer drip = exchange -> {
            exchange.sendResponseHeaders(200, content.length);
            for (byte one : content) {
                exchange.getResponseBody().write(one);
                exchange.getResponseBody().flush();
                pause(never, 100);
            }
        };
        FileServer.Answer silence = exchange -> pause(never, 60_000);
        try (FileServer dripping = new FileServer(drip);
                FileServer silent = new FileServer(silence)) {
            // When
            var slow = assertThatThrownBy(() -> read(
                    downloads(Duration.ZERO), dripping.uri(), Deadline.in(Duration.ofSeconds(2), Clock.systemUTC())));
            StageFault mute = fault(downloads(Duration.ZERO, Duration.ofSeconds(1)), silent.uri());

            // Then
            slow.isInstanceOfSatisfying(
                    StageFault.class, e -> assertThat(e.fault()).isEqualTo(Fault.BUILD_TIMEOUT));
            assertThat(mute.fault()).isEqualTo(Fault.REGISTRY_UNAVAILABLE);
            assertThat(mute.evidence()).contains("no byte came for 1 s");
            never.countDown();
        }
    }

    @Test
    void aRedirectThatIsNotHttpsIsNotFollowed() throws IOException {
        // Given
        try (FileServer server = new FileServer(status(302, "Location", "http://elsewhere.test/os.raw?token=secret"))) {
            // When
            StageFault fault = fault(Duration.ZERO, server.uri());

            // Then
            assertThat(fault.fault()).isEqualTo(Fault.REGISTRY_REFUSED);
            assertThat(fault.evidence())
                    .contains("redirects to http://elsewhere.test/os.raw, which is not https")
                    .doesNotContain("secret");
        }
    }

    @Test
    void aDamagedFileIsFetchedAgain() throws IOException {
        // Given
        try (FileServer server = new FileServer(serving(content))) {
            read(downloads(Duration.ZERO), server.uri());
            byte[] damaged = content.clone();
            damaged[1000] ^= 1;
            Files.write(kept(), damaged);

            // When
            byte[] read = read(downloads(Duration.ZERO), server.uri());

            // Then
            assertThat(read).isEqualTo(content);
            assertThat(server.asked()).hasSize(2);
        }
    }

    @Test
    void theLongestUnusedGoesWhenThereIsNoRoomAndWhatIsReadStays() throws IOException {
        // Given
        Files.createDirectories(lab.downloads());
        Path old = stored(2 << 20, 1);
        Path read = stored(2 << 20, 0);
        Path recent = stored(2 << 20, 2);
        BuildLock reader = BuildLock.tryTake(
                        lab.work(), read.getFileName().toString().substring(0, 32))
                .orElseThrow();

        // When
        try (FileServer server = new FileServer(serving(content))) {
            read(downloads(Duration.ZERO), server.uri());
        }

        // Then
        assertThat(Directories.children(lab.downloads())).containsExactlyInAnyOrder(read, recent, kept());
        assertThat(old).doesNotExist();
        reader.close();
    }

    @Test
    void aFileThatIsLargerThanAllowedIsNotFetched() throws IOException {
        // Given
        FileServer.Answer huge = exchange -> {
            exchange.sendResponseHeaders(200, 1L << 40);
            exchange.getResponseBody().write(content);
        };
        try (FileServer server = new FileServer(huge)) {
            // When
            StageFault fault = fault(Duration.ZERO, server.uri());

            // Then
            assertThat(fault.fault()).isEqualTo(Fault.IMAGE_TOO_LARGE);
            assertThat(fault.evidence()).contains("more than 64 MiB: raise disk-builder.largest-disk");
        }
    }

    private Fault answered(Duration patience, int status) throws IOException {
        try (FileServer server = new FileServer(status(status))) {
            return fault(patience, server.uri()).fault();
        }
    }

    private StageFault fault(Duration patience, URI uri) {
        return fault(downloads(patience), uri);
    }

    private StageFault fault(Downloads downloads, URI uri) {
        try {
            read(downloads, uri);
        } catch (StageFault e) {
            return e;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        throw new AssertionError("it was read");
    }

    private byte[] read(Downloads downloads, URI uri) throws IOException {
        return read(downloads, uri, Deadline.in(Duration.ofMinutes(1), Clock.systemUTC()));
    }

    private byte[] read(Downloads downloads, URI uri, Deadline deadline) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        downloads.use(new Download(uri, checksum), deadline, bytes -> bytes.transferTo(read));
        return read.toByteArray();
    }

    private Downloads downloads(Duration patience) {
        return downloads(patience, Duration.ofSeconds(30));
    }

    private Downloads downloads(Duration patience, Duration silence) {
        Clock clock = Clock.systemUTC();
        TestConfig config = new TestConfig(patience, silence);
        return new Downloads(lab, new GoldenDisks(lab, clock), config, new Stopping(), clock, metrics);
    }

    private Path kept() {
        return lab.downloads().resolve(checksum.hex());
    }

    private Path stored(int size, int day) throws IOException {
        Files.createDirectories(lab.work());
        byte[] file = noise(size, day + 10);
        Path path = Files.write(lab.downloads().resolve(Digest.of(file).hex()), file);
        return Files.setLastModifiedTime(path, FileTime.from(Instant.EPOCH.plus(Duration.ofDays(day))));
    }

    private static void pause(CountDownLatch latch, long millis) {
        try {
            assertThat(latch.await(millis, TimeUnit.MILLISECONDS)).isIn(true, false);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static byte[] noise(int size, int seed) {
        byte[] noise = new byte[size];
        new Random(seed).nextBytes(noise);
        return noise;
    }
}
