package dev.bootproof.diskbuilder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bootproof.events.Change;
import dev.bootproof.events.CleanupDue;
import dev.bootproof.events.Digest;
import dev.bootproof.events.DigestChanged;
import dev.bootproof.events.DiskReady;
import dev.bootproof.events.EventJson;
import dev.bootproof.events.Fault;
import dev.bootproof.events.ImageRef;
import dev.bootproof.events.LocalLab;
import dev.bootproof.events.Pins;
import dev.bootproof.events.RunId;
import dev.bootproof.events.Stage;
import dev.bootproof.events.TestsDone;
import dev.bootproof.events.Topic;
import dev.bootproof.events.Trigger;
import dev.bootproof.events.Verdict;
import dev.bootproof.registry.Artifact;
import dev.bootproof.registry.Registry;
import dev.bootproof.registry.RegistryOptions;
import dev.bootproof.stage.DeadLetters;
import dev.bootproof.stage.LeaseBook;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole service on a real broker, a real registry and real tools. */
@QuarkusTest
@QuarkusTestResource(LabResource.class)
class BuildDiskStageTest {
    private static final String MODULES = "usr/lib/modules/6.1.0/";

    @TempDir
    Path directory;

    private final LocalLab lab;
    private final LeaseBook book;
    private final Catalogs catalogs;
    private final Registry registry = new Registry(RegistryOptions.defaults());
    private TestBus bus;

    BuildDiskStageTest(LocalLab lab, LeaseBook book, Catalogs catalogs) {
        this.lab = lab;
        this.book = book;
        this.catalogs = catalogs;
        this.bus = new TestBus(config("kafka.bootstrap.servers"));
    }

    @BeforeEach
    void catchUp() {
        book.awaitCaughtUp();
    }

    @AfterEach
    void close() {
        bus.close();
        registry.close();
    }

    @Test
    void aTypedLineBecomesADiskOfExactlyThatDigest() throws IOException {
        // Given
        Digest digest = push("os:typed", new TestLayout(directory).image(image("typed")));

        // When
        RunId run = type("os:typed");

        // Then
        DiskReady ready = bus.await(run, Topic.DISK_READY, DiskReady.class);
        assertThat(ready.phase()).isZero();
        assertThat(ready.inputs().platformDigest()).isEqualTo(digest);
        assertThat(ready.samples())
                .extracting("path")
                .containsExactly(
                        "/usr/lib/modules/6.1.0/initramfs.img", "/usr/lib/modules/6.1.0/vmlinuz", "/usr/share/marker");
        Path disk = lab.disk(ready.inputs().identity());
        assertThat(disk.resolve("kernel")).hasContent("kernel of typed");
        assertThat(disk.resolve("initrd")).hasContent("initramfs");
        assertThat(Files.size(disk.resolve("disk.raw"))).isEqualTo(32L << 20);
        assertThat(EventJson.read(Files.readAllBytes(disk.resolve("disk.json")), GoldenDisk.class))
                .isEqualTo(new GoldenDisk(ready.inputs(), ready.samples()));
        assertThat(Directories.children(disk)).hasSize(4);
        assertThat(Directories.children(lab.work())).isEmpty();
    }

    @Test
    void theLeaseIsOnTheBusBeforeTheDiskAndPinsEverything() throws IOException {
        // Given
        Digest digest = push("os:lease", new TestLayout(directory).image(image("lease")));

        // When
        RunId run = type("os:lease");

        // Then
        bus.await(run, Topic.DISK_READY, DiskReady.class);
        CleanupDue first = bus.all(run, Topic.CLEANUP_DUE, CleanupDue.class).getFirst();
        assertThat(first.state()).isEqualTo(CleanupDue.State.HELD);
        assertThat(first.by()).isEqualTo(Stage.DISK_BUILDER);
        Pins pins = Objects.requireNonNull(first.pins());
        assertThat(pins.digest()).isEqualTo(digest);
        assertThat(pins.plan().name()).isEqualTo("small");
        assertThat(first.until()).isEqualTo(first.at().plus(pins.plan().remaining(Stage.DISK_BUILDER, 0)));
    }

    @Test
    void anIndexIsResolvedToTheManifestThatBoots() throws IOException {
        // Given
        Digest index = push("os:index", new TestLayout(directory).index(image("index"), "linux", "amd64"));

        // When
        RunId run = type("os:index");

        // Then
        DiskReady ready = bus.await(run, Topic.DISK_READY, DiskReady.class);
        assertThat(ready.inputs().platformDigest()).isNotEqualTo(index);
        assertThat(ready.inputs().image().digest()).isEqualTo(index);
    }

    @Test
    void anIndexForOtherMachinesIsSkippedAndKeepsItsDigest() throws IOException {
        // Given
        Digest index = push("os:arm", new TestLayout(directory).index(image("arm"), "linux", "arm64"));

        // When
        RunId run = type("os:arm");

        // Then
        TestsDone done = bus.await(run, Topic.TESTS_DONE, TestsDone.class);
        assertThat(done.verdict()).isEqualTo(Verdict.SKIPPED);
        assertThat(done.fault()).isEqualTo(Fault.UNSUPPORTED);
        assertThat(done.digest()).isEqualTo(index);
        assertThat(done.reason())
                .isEqualTo("not supported: an index without linux/amd64, it has linux/arm64, unknown/unknown");
    }

    @Test
    void runsOfOneDigestShareOneDisk() throws IOException {
        // Given
        push("os:shared", new TestLayout(directory).image(image("shared")));

        // When
        List<RunId> runs = IntStream.range(0, 5)
                .mapToObj(n -> type("os:shared"))
                .distinct()
                .toList();

        // Then
        List<String> identities = runs.stream()
                .map(run -> bus.await(run, Topic.DISK_READY, DiskReady.class)
                        .inputs()
                        .identity())
                .distinct()
                .toList();
        assertThat(runs).hasSize(5);
        assertThat(identities).hasSize(1);
    }

    @Test
    void whatCannotBeUnderstoodIsADeadLetterWithAReason() {
        // Given
        String noPlan = "{\"image\":\"" + ref("os:any") + "\",\"plan\":\"nightly\"}";

        // When
        List.of("not json", "{}", noPlan).forEach(bus::type);

        // Then
        assertThat(reason("not json")).contains("not JSON");
        assertThat(reason("{}")).contains("name the image to test");
        assertThat(reason(noPlan))
                .isEqualTo(
                        "the catalog has no plan called nightly; it has downloaded, install, published, small, tested, tiny, uefi");
    }

    @Test
    void anAnnouncedRunOfAPlanThatIsGoneEndsAndIsADeadLetterToo() {
        // Given
        ImageRef stream = ref("os:renamed");
        Digest digest = Digest.of("renamed");
        String announced = "{\"image\":\"%s\",\"stream\":\"%s\",\"generation\":3,\"digest\":\"%s\",\"plan\":\"old\"}"
                .formatted(stream, stream, digest);

        // When
        bus.type(announced);

        // Then
        TestsDone done = bus.await(announced(stream, 3, digest), Topic.TESTS_DONE, TestsDone.class);
        assertThat(done.verdict()).isEqualTo(Verdict.ERRORED);
        assertThat(done.fault()).isEqualTo(Fault.UNKNOWN_PLAN);
        assertThat(done.reason()).isEqualTo("the catalog does not know the plan: old");
        assertThat(done.generation()).isEqualTo(3);
        assertThat(reason(announced)).contains("no plan called old");
    }

    @Test
    void aRegistryThatDoesNotAnswerIsTheLabsFault() {
        // Given
        String image = "127.0.0.1:1/os:latest";

        // When
        RecordMetadata typed = bus.type("{\"image\":\"" + image + "\",\"stream\":\"" + image + "\"}");

        // Then
        TestsDone done = bus.await(run(ImageRef.parse(image), typed), Topic.TESTS_DONE, TestsDone.class);
        assertThat(done.verdict()).isEqualTo(Verdict.ERRORED);
        assertThat(done.fault()).isEqualTo(Fault.REGISTRY_UNAVAILABLE);
        assertThat(done.stream()).isEqualTo(image);
    }

    @Test
    void anImageThatIsNotThereIsSaidToBeMissing() {
        // Given
        String name = "nobody/pushed:this";

        // When
        RunId run = type(name);

        // Then
        TestsDone done = bus.await(run, Topic.TESTS_DONE, TestsDone.class);
        assertThat(done.fault()).isEqualTo(Fault.IMAGE_NOT_FOUND);
        assertThat(bus.all(run, Topic.CLEANUP_DUE, CleanupDue.class)).isEmpty();
    }

    @Test
    void anImageWithoutAKernelIsUnsupported() throws IOException {
        // Given
        TestImage image = new TestImage().gzip(new TestLayer().file("usr/bin/x", "x"));
        push("os:nokernel", new TestLayout(directory).image(image));

        // When
        RunId run = type("os:nokernel");

        // Then
        TestsDone done = bus.await(run, Topic.TESTS_DONE, TestsDone.class);
        assertThat(done.reason()).startsWith("not supported: no kernel under /usr/lib/modules");
        assertThat(Directories.children(lab.work())).isEmpty();
    }

    @Test
    void aBlobThatLiesLeavesNoDisk() throws IOException {
        // Given
        TestImage image = image("lies");
        push("os:lies", new TestLayout(directory).image(image));
        String hex = image.layers().getLast().digest().hex();
        Path blob = Path.of(config("test.registry.storage"))
                .resolve("docker/registry/v2/blobs/sha256/" + hex.substring(0, 2) + "/" + hex + "/data");
        byte[] content = Files.readAllBytes(blob);
        content[content.length / 2] ^= 1;
        Files.write(blob, content);

        // When
        RunId run = type("os:lies");

        // Then
        TestsDone done = bus.await(run, Topic.TESTS_DONE, TestsDone.class);
        assertThat(done.fault()).isEqualTo(Fault.DIGEST_MISMATCH);
        assertThat(bus.all(run, Topic.DISK_READY, DiskReady.class)).isEmpty();
    }

    @Test
    void anImageThatDoesNotFitIsThePlansFault() throws IOException {
        // Given
        TestImage image = image("big").gzip(new TestLayer().file("usr/big", new byte[17 << 20], entry -> {}));
        push("os:big", new TestLayout(directory).image(image));

        // When
        ImageRef ref = ref("os:big");
        RecordMetadata typed = bus.type("{\"image\":\"" + ref + "\",\"plan\":\"tiny\"}");

        // Then
        TestsDone done = bus.await(run(ref, typed), Topic.TESTS_DONE, TestsDone.class);
        assertThat(done.fault()).isEqualTo(Fault.IMAGE_TOO_LARGE);
        assertThat(done.plan()).isEqualTo("tiny");
    }

    @Test
    void aLeaseThatIsThereIsAdoptedWithWhatItPins() throws IOException {
        // Given
        Digest old = push("os:moves", new TestLayout(directory.resolve("old")).image(image("old")));
        ImageRef stream = ref("os:moves");
        RunId run = announced(stream, 1, old);
        book.write(held(run, stream, old));
        Digest moved = push("os:moves", new TestLayout(directory.resolve("new")).image(image("new")));

        // When
        bus.type("{\"image\":\"%s\",\"stream\":\"%s\",\"generation\":1,\"digest\":\"%s\"}"
                .formatted(stream, stream, old));

        // Then
        DiskReady ready = bus.await(run, Topic.DISK_READY, DiskReady.class);
        assertThat(ready.inputs().platformDigest()).isEqualTo(old).isNotEqualTo(moved);
    }

    @Test
    void aRunThatIsOverIsPassedOver() throws IOException {
        // Given
        Digest digest = push("os:over", new TestLayout(directory).image(image("over")));
        ImageRef stream = ref("os:over");
        RunId run = announced(stream, 7, digest);
        CleanupDue held = held(run, stream, digest);
        book.write(held);
        book.write(new CleanupDue(
                run, CleanupDue.State.ENDED, held.until(), Stage.JANITOR, 0, held.at(), held.pins(), List.of()));

        // When
        bus.type("{\"image\":\"%s\",\"stream\":\"%s\",\"generation\":7,\"digest\":\"%s\"}"
                .formatted(stream, stream, digest));

        // Then
        bus.await(type("os:over"), Topic.DISK_READY, DiskReady.class);
        assertThat(bus.all(run, Topic.DISK_READY, DiskReady.class)).isEmpty();
    }

    @Test
    void aPublishedDiskStaysAsItIs() throws IOException {
        // Given
        byte[] disk = TestDisk.raw(1 << 20);
        Digest digest = publish("os:published", "os.qcow2.xz", TestDisk.xz(TestDisk.qcow2(disk, directory)));

        // When
        RunId run = type("os:published", ",\"plan\":\"published\"");

        // Then
        DiskReady ready = bus.await(run, Topic.DISK_READY, DiskReady.class);
        assertThat(ready.inputs().platformDigest()).isEqualTo(digest);
        assertThat(ready.samples()).isEmpty();
        Path golden = lab.disk(ready.inputs().identity());
        assertThat(golden.resolve("disk.raw")).hasBinaryContent(disk);
        assertThat(Directories.children(golden)).hasSize(2);
        assertThat(Directories.children(lab.work())).isEmpty();
    }

    @Test
    void whatIsDownloadedIsPinnedByItsChecksumAndNoRegistryIsAsked() throws IOException {
        // Given
        Digest checksum = Digest.of(TestDisk.xz(LabResource.PUBLISHED));
        ImageRef image = ImageRef.parse("nowhere.test/os:1");

        // When
        RecordMetadata typed = bus.type("{\"image\":\"" + image + "\",\"plan\":\"downloaded\"}");

        // Then
        RunId run = run(image, typed);
        DiskReady ready = bus.await(run, Topic.DISK_READY, DiskReady.class);
        assertThat(ready.inputs().platformDigest()).isEqualTo(checksum);
        assertThat(ready.inputs().image().digest()).isEqualTo(checksum);
        byte[] grown = Arrays.copyOf(LabResource.PUBLISHED, 16 << 20);
        assertThat(lab.disk(ready.inputs().identity()).resolve("disk.raw")).hasBinaryContent(grown);
        assertThat(lab.downloads().resolve(checksum.hex())).exists();
    }

    @Test
    void furtherDisksAreMadeOnceAndNamed() throws IOException {
        // Given
        publish("os:installer", "os.iso", TestDisk.iso(1 << 20));

        // When
        RunId first = type("os:installer", ",\"plan\":\"install\"");
        RunId second = type("os:installer", ",\"plan\":\"install\"");

        // Then
        DiskReady ready = bus.await(first, Topic.DISK_READY, DiskReady.class);
        assertThat(ready.disks()).containsOnlyKeys("target", "data");
        Path target = lab.disk(Objects.requireNonNull(ready.disks().get("target")));
        assertThat(Files.size(target.resolve("disk.raw"))).isEqualTo(64L << 20);
        assertThat(Files.size(lab.disk(Objects.requireNonNull(ready.disks().get("data")))
                        .resolve("disk.raw")))
                .isEqualTo(16L << 20);
        assertThat(bus.await(second, Topic.DISK_READY, DiskReady.class).disks()).isEqualTo(ready.disks());
    }

    @Test
    void aLayoutWithPartitionsHasItsKernelOnTheDisk() throws IOException {
        // Given
        push("os:uefi", new TestLayout(directory).image(image("uefi")));

        // When
        RunId run = type("os:uefi", ",\"plan\":\"uefi\"");

        // Then
        DiskReady ready = bus.await(run, Topic.DISK_READY, DiskReady.class);
        Path golden = lab.disk(ready.inputs().identity());
        assertThat(ready.inputs().builder()).startsWith("rootfs-gpt-1 ").contains("mtools-", "stub-");
        assertThat(ready.samples()).isNotEmpty();
        assertThat(Files.size(golden.resolve("disk.raw"))).isEqualTo(96L << 20);
        assertThat(Directories.children(golden)).hasSize(2);
    }

    @Test
    void theWrongRecipeForAnImageIsUnsupportedAndSaysTheRightOne() throws IOException {
        // Given
        publish("os:iso", "os.iso", TestDisk.iso(1 << 20));
        TestImage application = new TestImage().gzip(new TestLayer().file("app/server", "x"));
        push("os:app", new TestLayout(directory).image(application));

        // When
        RunId iso = type("os:iso");
        RunId app = type("os:app", ",\"plan\":\"published\"");

        // Then
        TestsDone unpacked = bus.await(iso, Topic.TESTS_DONE, TestsDone.class);
        assertThat(unpacked.fault()).isEqualTo(Fault.UNSUPPORTED);
        assertThat(unpacked.reason()).contains("is not an image with layers", "write kind: disk in the recipe");
        TestsDone taken = bus.await(app, Topic.TESTS_DONE, TestsDone.class);
        assertThat(taken.fault()).isEqualTo(Fault.UNSUPPORTED);
        assertThat(taken.reason()).contains("without a disk file in /disk", "write kind: rootfs in the recipe");
    }

    @Test
    void whatAPersonAsksForIsPinned() throws IOException {
        // Given
        push("os:asked", new TestLayout(directory).image(image("asked")));
        String commit = "0123456789abcdef0123456789abcdef01234567";

        // When
        RunId run = type(
                "os:asked",
                ",\"plan\":\"tested\",\"suites\":[\"smoke\"],\"keep\":\"PT30M\","
                        + "\"change\":{\"repository\":\"org/os\",\"pullRequest\":7,\"commit\":\"" + commit + "\"}");

        // Then
        bus.await(run, Topic.DISK_READY, DiskReady.class);
        Pins pins = Objects.requireNonNull(
                bus.all(run, Topic.CLEANUP_DUE, CleanupDue.class).getFirst().pins());
        assertThat(pins.plan().phases().getFirst().suites()).extracting("name").containsExactly("smoke");
        assertThat(pins.keep()).isEqualTo(Duration.ofMinutes(30));
        assertThat(pins.change()).isEqualTo(new Change("org/os", 7L, commit));
    }

    @Test
    void whatThePlanCannotDoIsSaidOfSuitesAndDigests() {
        // Given
        String suites =
                "{\"image\":\"%s\",\"plan\":\"tested\",\"suites\":[\"smoke\",\"gui\"]}".formatted(ref("os:any"));
        String none = "{\"image\":\"%s\",\"plan\":\"tested\",\"suites\":[]}".formatted(ref("os:any"));
        String digest = "{\"image\":\"nowhere.test/os:1\",\"plan\":\"downloaded\",\"digest\":\"%s\"}"
                .formatted(Digest.of("other"));

        // When
        List.of(suites, none, digest).forEach(bus::type);

        // Then
        assertThat(reason(suites)).isEqualTo("the plan tested has no suite gui");
        assertThat(reason(none)).contains("name suites of the plan, or leave it out for all");
        assertThat(reason(digest))
                .contains("is not what the plan downloaded downloads: leave it out, or write sha256:");
    }

    @Test
    void anAnnouncedRunOfASuiteThatIsGoneEndsAndIsADeadLetterToo() {
        // Given
        ImageRef stream = ref("os:gone");
        Digest digest = Digest.of("gone");
        String announced =
                "{\"image\":\"%s\",\"stream\":\"%s\",\"generation\":1,\"digest\":\"%s\",\"suites\":[\"old\"]}"
                        .formatted(stream, stream, digest);

        // When
        bus.type(announced);

        // Then
        TestsDone done = bus.await(announced(stream, 1, digest), Topic.TESTS_DONE, TestsDone.class);
        assertThat(done.fault()).isEqualTo(Fault.SUITE_MISSING);
        assertThat(done.reason()).isEqualTo("the lab has no such suite: the plan small has no suite old");
        assertThat(reason(announced)).contains("no suite old");
    }

    private CleanupDue held(RunId run, ImageRef image, Digest digest) {
        Instant now = Instant.EPOCH;
        var pins = new Pins(image, digest, digest, catalogs.current().plan("small"), null, null, Trigger.POLL);
        return new CleanupDue(run, CleanupDue.State.HELD, now, Stage.DISK_BUILDER, 0, now, pins, List.of());
    }

    private static RunId announced(ImageRef stream, long generation, Digest digest) {
        return new DigestChanged(stream, digest, null, stream.toString(), generation, null).runId(0, 0, 0);
    }

    private RunId type(String name) {
        return type(name, "");
    }

    private RunId type(String name, String more) {
        ImageRef ref = ref(name);
        return run(ref, bus.type("{\"image\":\"" + ref + "\"" + more + "}"));
    }

    private static RunId run(ImageRef image, RecordMetadata typed) {
        return new DigestChanged(image, null, null, null, null, null)
                .runId(typed.partition(), typed.offset(), typed.timestamp());
    }

    private String reason(String body) {
        var header = bus.awaitDeadLetter(body).headers().lastHeader(DeadLetters.REASON);
        return new String(header.value(), StandardCharsets.UTF_8);
    }

    private Digest publish(String name, String title, byte[] content) throws IOException {
        Path file = Files.write(directory.resolve(title), content);
        Artifact.File disk = new Artifact.File(title, "application/octet-stream", file);
        registry.push(ref(name), new Artifact("application/vnd.example.disk", List.of(disk), Map.of(), null));
        return registry.resolve(ref(name));
    }

    private Digest push(String name, Path layout) {
        registry.pushLayout(layout, ref(name));
        return registry.resolve(ref(name));
    }

    private static ImageRef ref(String name) {
        return ImageRef.parse(config("test.registry") + "/" + name);
    }

    private static String config(String name) {
        return ConfigProvider.getConfig().getValue(name, String.class);
    }

    private static TestImage image(String marker) {
        return new TestImage()
                .zstd(new TestLayer()
                        .file(MODULES + "vmlinuz", "kernel of " + marker)
                        .file(MODULES + "initramfs.img", "initramfs"))
                .gzip(new TestLayer().file("usr/share/marker", marker));
    }
}
