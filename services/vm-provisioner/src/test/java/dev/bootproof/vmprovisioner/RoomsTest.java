package dev.bootproof.vmprovisioner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bootproof.vmprovisioner.Rooms.Taken;
import java.time.Clock;
import java.time.Duration;
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
        boolean fits = Rooms.fits(taken, free, wanted, most);
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

    private Rooms rooms(long availableMiB, int most) {
        TestConfig config =
                new TestConfig("qemu-system-x86_64", VmProvisionerConfig.Acceleration.TCG, SHORT, OptionalInt.of(most));
        return new Rooms(machines, () -> availableMiB, config, Clock.systemUTC());
    }
}
