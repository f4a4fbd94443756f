package dev.bootproof.vmprovisioner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bootproof.events.MachineState.Power;
import dev.bootproof.events.RunId;
import dev.bootproof.vmprovisioner.Capacity.Taken;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who gets in. A machine of these tests wants 1024 MiB and the 300 that QEMU needs; 1024 MiB are kept back. */
class RoomsTest {
    private static final Duration SHORT = Duration.ofMillis(100);
    private static final Duration LONG = Duration.ofSeconds(20);

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
        assertThat(waits.get(5, TimeUnit.SECONDS)).isInstanceOf(Rooms.Room.class);
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
