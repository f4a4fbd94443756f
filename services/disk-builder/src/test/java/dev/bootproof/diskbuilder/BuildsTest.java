package dev.bootproof.diskbuilder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bootproof.events.Digest;
import dev.bootproof.events.DiskInputs;
import dev.bootproof.events.Fault;
import dev.bootproof.events.ImageRef;
import dev.bootproof.events.LocalLab;
import dev.bootproof.events.PhasePlan;
import dev.bootproof.events.Plan;
import dev.bootproof.events.Recipe;
import dev.bootproof.events.RunId;
import dev.bootproof.events.Sample;
import dev.bootproof.stage.NoLongerHeld;
import dev.bootproof.stage.StageFault;
import dev.bootproof.stage.Stopping;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.StartupEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildsTest {
    @TempDir
    Path home;

    private final AtomicInteger made = new AtomicInteger();
    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch mayFinish = new CountDownLatch(1);
    private LocalLab lab;
    private GoldenDisks disks;
    private Builds builds;

    @BeforeEach
    void open() {
        Clock clock = Clock.systemUTC();
        Stopping stopping = new Stopping();
        lab = new LocalLab(home);
        disks = new GoldenDisks(lab, clock);
        TestConfig config = new TestConfig();
        builds = new Builds(
                disks, new Patience(config, clock, stopping), stopping, clock, new SimpleMeterRegistry(), config);
    }

    @Test
    void manyWhoAskAtTheSameTimeShareOneBuild() throws Exception {
        // Given
        DiskInputs inputs = inputs("a");
        DiskRecipe recipe = recipe();

        // When
        List<Future<GoldenDisk>> asked;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            asked = IntStream.range(0, 20)
                    .mapToObj(n -> threads.submit(() -> builds.disk(
                            inputs, recipe, builds.budget(plan(Duration.ofMinutes(1)), BuildsTest::nothing))))
                    .toList();
            started.await();
            mayFinish.countDown();
        }

        // Then
        assertThat(made).hasValue(1);
        for (Future<GoldenDisk> each : asked) {
            assertThat(each.get().inputs()).isEqualTo(inputs);
        }
        assertThat(lab.disk(inputs.identity()).resolve("disk.raw")).hasContent("disk");
        assertThat(Directories.children(lab.work())).isEmpty();
    }

    @Test
    void aFailedBuildLeavesNothingAndTheNextOneIsMade() throws IOException {
        // Given
        DiskInputs inputs = inputs("a");
        DiskRecipe failing = recipe(directory -> {
            Files.writeString(directory.resolve("disk.raw"), "half");
            throw new StageFault(Fault.IMAGE_UNREADABLE, "broken");
        });
        mayFinish.countDown();

        // When
        var first = assertThatThrownBy(
                () -> builds.disk(inputs, failing, builds.budget(plan(Duration.ofMinutes(1)), BuildsTest::nothing)));

        // Then
        first.isInstanceOfSatisfying(
                StageFault.class, e -> assertThat(e.fault()).isEqualTo(Fault.IMAGE_UNREADABLE));
        assertThat(Directories.children(lab.work())).isEmpty();
        assertThat(Directories.children(lab.disks())).isEmpty();
        assertThat(builds.disk(inputs, recipe(), builds.budget(plan(Duration.ofMinutes(1)), BuildsTest::nothing))
                        .inputs())
                .isEqualTo(inputs);
    }

    @Test
    void aBuildStoppedBecauseItsRunIsOverIsTakenOverByAnotherRun() throws Exception {
        // Given
        DiskInputs inputs = inputs("a");
        CountDownLatch follows = new CountDownLatch(1);
        Runnable over = () -> {
            started.countDown();
            await(follows);
            throw new NoLongerHeld(new RunId("os-0123456789ab"));
        };
        mayFinish.countDown();

        // When
        Future<GoldenDisk> second;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            threads.execute(() -> builds.disk(inputs, recipe(), builds.budget(plan(Duration.ofMinutes(1)), over)));
            started.await();
            second = threads.submit(() ->
                    builds.disk(inputs, recipe(), builds.budget(plan(Duration.ofMinutes(1)), BuildsTest::nothing)));
            follows.countDown();
        }

        // Then
        assertThat(second.get().inputs()).isEqualTo(inputs);
        assertThat(made).hasValue(1);
    }

    @Test
    void aRunThatHasMoreTimeThanTheOneItFollowedMakesTheDiskItself() throws Exception {
        // Given
        DiskInputs inputs = inputs("a");
        CountDownLatch follows = new CountDownLatch(1);
        Runnable slow = () -> {
            started.countDown();
            await(follows);
            throw new StageFault(Fault.BUILD_TIMEOUT, "its time was over");
        };
        mayFinish.countDown();

        // When
        Future<GoldenDisk> first;
        Future<GoldenDisk> second;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            first = threads.submit(
                    () -> builds.disk(inputs, recipe(), builds.budget(plan(Duration.ofMinutes(1)), slow)));
            started.await();
            second = threads.submit(() ->
                    builds.disk(inputs, recipe(), builds.budget(plan(Duration.ofMinutes(1)), BuildsTest::nothing)));
            follows.countDown();
        }

        // Then
        assertThat(second.get().inputs()).isEqualTo(inputs);
        assertThatThrownBy(first::get).hasMessageContaining("its time was over");
    }

    @Test
    void whoWaitsLongerThanItsPlanAllowsIsTooLate() throws Exception {
        // Given
        DiskInputs first = inputs("a");
        DiskInputs second = inputs("b");

        // When
        Future<GoldenDisk> late;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            threads.execute(() ->
                    builds.disk(first, recipe(), builds.budget(plan(Duration.ofMinutes(1)), BuildsTest::nothing)));
            started.await();
            late = threads.submit(() ->
                    builds.disk(second, recipe(), builds.budget(plan(Duration.ofMillis(50)), BuildsTest::nothing)));
            assertThatThrownBy(late::get)
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOfSatisfying(
                            StageFault.class, e -> assertThat(e.fault()).isEqualTo(Fault.NO_ROOM));
            mayFinish.countDown();
        }

        // Then
        assertThat(made).hasValue(1);
    }

    @Test
    void whatAKilledBuilderLeftIsRemovedAndWhatALiveOneHasIsNot() throws IOException {
        // Given
        String dead = inputs("dead").identity();
        String live = inputs("live").identity();
        Files.createDirectories(lab.work().resolve(dead + "-killed/contents"));
        Files.writeString(lab.work().resolve(dead + "-killed/contents/f0"), "half");
        Files.createFile(lab.work().resolve(dead + BuildLock.SUFFIX));
        Files.createDirectories(lab.work().resolve(live + "-working"));
        Files.createDirectories(lab.work().resolve("not-ours"));
        BuildLock held = disks.tryLock(live).orElseThrow();

        // When
        disks.sweep(new StartupEvent());

        // Then
        assertThat(Directories.children(lab.work()))
                .extracting(path -> path.getFileName().toString())
                .containsExactlyInAnyOrder(live + "-working", live + BuildLock.SUFFIX, "not-ours");
        held.close();
    }

    @Test
    void aDiskOfAnotherProcessIsWaitedFor() throws Exception {
        // Given
        DiskInputs inputs = inputs("a");
        BuildLock other = disks.tryLock(inputs.identity()).orElseThrow();
        mayFinish.countDown();

        // When
        Future<GoldenDisk> waiting;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            waiting = threads.submit(() ->
                    builds.disk(inputs, recipe(), builds.budget(plan(Duration.ofMinutes(1)), BuildsTest::nothing)));
            disks.make(inputs, recipe(), Deadline.in(Duration.ofMinutes(1), Clock.systemUTC()));
            other.close();
        }

        // Then
        assertThat(waiting.get().inputs()).isEqualTo(inputs);
        assertThat(made).hasValue(1);
    }

    private DiskRecipe recipe() {
        return recipe(directory -> Files.writeString(directory.resolve("disk.raw"), "disk"));
    }

    private DiskRecipe recipe(Making making) {
        return new DiskRecipe() {
            @Override
            public String kind() {
                return "test";
            }

            @Override
            public String builder(Recipe planned) {
                return "1";
            }

            @Override
            public List<Sample> make(DiskInputs inputs, Path directory, Deadline deadline) {
                started.countDown();
                await(mayFinish);
                try {
                    making.in(directory);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                made.incrementAndGet();
                return List.of(new Sample("/usr/x", Digest.of("x")));
            }
        };
    }

    private static void nothing() {}

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static DiskInputs inputs(String image) {
        return new DiskInputs(
                Digest.of(image),
                ImageRef.parse("registry.test/os:" + image),
                new Recipe("test", "ext4", 16, List.of()),
                "1");
    }

    private static Plan plan(Duration maxWait) {
        PhasePlan phase = new PhasePlan("boot", 256, 1, Duration.ofMinutes(1), List.of());
        Recipe recipe = new Recipe("test", "ext4", 16, List.of());
        return new Plan("test", recipe, List.of(phase), Duration.ofMinutes(1), maxWait);
    }

    /** What a test recipe does in the directory. */
    private interface Making {
        void in(Path directory) throws IOException;
    }
}
