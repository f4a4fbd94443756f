package dev.bootproof.vmprovisioner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bootproof.events.ImageRef;
import dev.bootproof.events.MachineState.Power;
import dev.bootproof.events.RunId;
import dev.bootproof.vmprovisioner.Capacity.Taken;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who gets in. A machine of these tests wants 1024 MiB and the 300 that QEMU needs; 1024 MiB are kept back. */
class RoomsTest {
    private static final Duration SHORT = Duration.ofMillis(100);
    private static final Duration LONG = Duration.ofMinutes(2);

    private final FakeMachines machines = new FakeMachines(machine -> {});
    private final Set<RunId> kept = new HashSet<>();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

    @ParameterizedTest
    @CsvSource({
        // running, promised and unused, free, wanted, most, in
        "0, 0, 1324, 1324, 2, true",
        "0, 0, 1323, 1324, 2, false",
        "1, 500, 1824, 1324, 2, true",
        "1, 501, 1824, 1324, 2, false",
        "2, 0, 100000, 1324, 2, false",
    })
    void memoryThatIsPromisedIsNotFree(int running, long unused, long free, int wanted, int most, boolean in) {
        // Given
        Taken taken = new Taken(running == 0 ? Set.of() : running == 1 ? Set.of("a") : Set.of("a", "b"), unused);
        // When
        boolean fits = Capacity.fits(taken, free, wanted, most);
        // Then
        assertThat(fits).isEqualTo(in);
    }

    @Test
    void whoWaitsTooLongIsToldWhy() {
        // Given
        Rooms rooms = rooms(2000, 4);
        // When
        Rooms.Answer answer = rooms.enter(FakeMachine.order("late-000000000001"), SHORT);
        // Then
        assertThat(answer)
                .isInstanceOfSatisfying(
                        Rooms.Full.class,
                        full -> assertThat(full.evidence())
                                .contains("1324 MiB", "2000 MiB", "0 of at most 4 machines"));
    }

    @Test
    void aPlaceThatIsPromisedIsTakenThoughNothingRunsYet() {
        // Given
        Rooms rooms = rooms(3000, 4);
        rooms.enter(FakeMachine.order("first-000000000001"), SHORT);
        // When
        Rooms.Answer second = rooms.enter(FakeMachine.order("second-000000000002"), SHORT);
        // Then
        assertThat(second).isInstanceOf(Rooms.Full.class);
        assertThat(rooms.promisedMiB()).isEqualTo(1324);
    }

    @Test
    void whoRunsAlreadyIsLetIn() {
        // Given
        Rooms rooms = rooms(0, 1);
        machines.start(FakeMachine.order("runs-000000000001"));
        // When
        Rooms.Answer answer = rooms.enter(FakeMachine.order("runs-000000000001"), SHORT);
        // Then
        assertThat(answer).isInstanceOf(Rooms.Room.class);
    }

    @Test
    void theEndOfAMachineMakesRoomForTheNext() throws Exception {
        // Given
        Rooms rooms = rooms(100_000, 1);
        machines.start(FakeMachine.order("runs-000000000001"));
        CountDownLatch asks = new CountDownLatch(1);
        CompletableFuture<Rooms.Answer> waits = CompletableFuture.supplyAsync(() -> {
            asks.countDown();
            return rooms.enter(FakeMachine.order("waits-000000000002"), LONG);
        });
        assertThat(asks.await(5, TimeUnit.SECONDS)).isTrue();
        // When
        machines.end(machines.all().getFirst());
        // Then
        assertThat(waits.get(1, TimeUnit.MINUTES)).isInstanceOf(Rooms.Room.class);
    }

    @Test
    void aClosedRoomIsFree() {
        // Given
        Rooms rooms = rooms(100_000, 1);
        Rooms.Answer first = rooms.enter(FakeMachine.order("first-000000000001"), SHORT);
        // When
        ((Rooms.Room) first).close();
        // Then
        assertThat(rooms.enter(FakeMachine.order("second-000000000002"), SHORT)).isInstanceOf(Rooms.Room.class);
    }

    @Test
    void theOldestKeptMachineGivesWayAndSaysToWhom() {
        // Given
        Rooms rooms = rooms(100_000, 2);
        for (String run : List.of("older-000000000001", "newer-000000000002")) {
            machines.start(FakeMachine.order(run));
            kept.add(new RunId(run));
        }
        // When
        Rooms.Answer answer = rooms.enter(FakeMachine.order("waits-000000000003"), LONG);
        // Then
        assertThat(answer).isInstanceOf(Rooms.Room.class);
        assertThat(machines.all())
                .extracting(machine -> machine.story().alive())
                .containsExactly(false, true);
        assertThat(machines.all().getFirst().state()).satisfies(state -> {
            assertThat(state.power()).isEqualTo(Power.KILLED);
            assertThat(state.detail()).contains("kept", "waits-000000000003");
        });
        assertThat(metrics.timer("bootproof.room.wait").count()).isOne();
    }

    @Test
    void aKeptMachineStaysWhereItsEndWouldNotBeEnough() {
        // Given
        Rooms rooms = rooms(1100, 4);
        machines.start(FakeMachine.order("kept-000000000001"));
        kept.add(new RunId("kept-000000000001"));
        machines.start(FakeMachine.order("held-000000000002"));
        // When
        Rooms.Answer answer = rooms.enter(FakeMachine.order("waits-000000000003"), SHORT);
        // Then
        assertThat(answer).isInstanceOf(Rooms.Full.class);
        assertThat(machines.all()).allMatch(machine -> machine.story().alive());
    }

    @Test
    void aLargeMachineIsNotStarvedBySmallOnesThatWouldFit() throws Exception {
        // Given
        Rooms rooms = rooms(4000, 4);
        machines.start(FakeMachine.order("runs-000000000001"));
        var large = entering(rooms, order("large-000000000002", "large", 2600));
        awaitWaiting(rooms, 1);
        // When
        var small = entering(rooms, order("small-000000000003", "small", 64));
        awaitWaiting(rooms, 2);
        // Then
        assertThat(large).isNotDone();
        assertThat(small).isNotDone();
        machines.end(machines.all().getFirst());
        assertThat(large.get(1, TimeUnit.MINUTES)).isInstanceOf(Rooms.Room.class);
    }

    @Test
    void whatTheHostCanNeverHoldHoldsUpNobody() throws Exception {
        // Given
        Rooms rooms = rooms(4000, 4);
        var huge = entering(rooms, order("huge-000000000001", "huge", 64_000));
        awaitWaiting(rooms, 1);
        // When
        Rooms.Answer small = rooms.enter(order("small-000000000002", "small", 64), LONG);
        // Then
        assertThat(small).isInstanceOf(Rooms.Room.class);
        assertThat(huge).isNotDone();
    }

    @Test
    void fiveHundredOfFortyStreamsAllGetInAndTheSharesAreFair() throws Exception {
        // Given
        Rooms rooms = rooms(100_000, 2);
        Rooms.Answer blockers = rooms.enter(order("first-000000000001", "blocker", 64), LONG);
        Rooms.Answer second = rooms.enter(order("second-000000000002", "blocker", 64), LONG);
        List<String> served = Collections.synchronizedList(new ArrayList<>());
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int n = 0; n < 500; n++) {
            String stream = n < 110 ? "hog" : "stream-" + (n % 39);
            Order order = order("burst-%012x".formatted(n), stream, 64 + n % 7 * 512);
            all.add(CompletableFuture.runAsync(
                    () -> {
                        try (Rooms.Room _ = (Rooms.Room) rooms.enter(order, LONG)) {
                            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                            served.add(stream);
                            inside.decrementAndGet();
                        }
                    },
                    Thread::startVirtualThread));
        }
        awaitWaiting(rooms, 500);
        // When
        ((Rooms.Room) blockers).close();
        ((Rooms.Room) second).close();
        // Then
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(3, TimeUnit.MINUTES);
        assertThat(served).hasSize(500);
        assertThat(most).hasValueLessThanOrEqualTo(2);
        assertThat(Set.copyOf(served.subList(0, 42))).hasSize(40);
        assertThat(served.subList(0, 390).stream().filter("hog"::equals)).hasSizeLessThan(13);
        assertThat(rooms.promisedMiB()).isZero();
    }

    @Test
    void aRunThatHasBegunGoesBeforeThoseThatHaveNot() throws Exception {
        // Given
        Rooms rooms = rooms(100_000, 1);
        Rooms.Answer first = rooms.enter(order("first-000000000001", "first", 64), LONG);
        var waits = entering(rooms, order("waits-000000000002", "waits", 64));
        awaitWaiting(rooms, 1);
        Order plain = order("begun-000000000003", "begun", 64);
        var begun = entering(rooms, Orders.order(plain.run(), 1, plain.plan()));
        awaitWaiting(rooms, 2);
        // When
        ((Rooms.Room) first).close();
        // Then
        assertThat(begun.get(1, TimeUnit.MINUTES)).isInstanceOf(Rooms.Room.class);
        assertThat(waits).isNotDone();
    }

    private static CompletableFuture<Rooms.Answer> entering(Rooms rooms, Order order) {
        return CompletableFuture.supplyAsync(() -> rooms.enter(order, LONG), Thread::startVirtualThread);
    }

    private static void awaitWaiting(Rooms rooms, int count) {
        await().atMost(LONG).untilAsserted(() -> assertThat(rooms.waiting()).isEqualTo(count));
    }

    private static Order order(String run, String stream, int memoryMiB) {
        Order plain = Orders.plain(new RunId(run), memoryMiB);
        ImageRef image = ImageRef.parse("lab.example:5000/" + stream + ":latest");
        return new Order(plain.run(), plain.phase(), 1, 0, plain.plan(), image, plain.disks());
    }

    private Rooms rooms(long availableMiB, int most) {
        TestConfig config = new TestConfig(
                "qemu-system-x86_64",
                VmProvisionerConfig.Acceleration.TCG,
                SHORT,
                OptionalInt.of(most),
                Optional.empty());
        return new Rooms(machines, () -> availableMiB, kept::contains, config, metrics, Clock.systemUTC());
    }
}
