package dev.bootproof.testrunner.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.bootproof.events.DerivedKeys;
import dev.bootproof.events.Fault;
import dev.bootproof.events.RunId;
import dev.bootproof.events.SshAddress;
import dev.bootproof.stage.StageFault;
import dev.bootproof.testrunner.Answer;
import dev.bootproof.testrunner.Command;
import dev.bootproof.testrunner.Guest;
import dev.bootproof.testrunner.GuestUnreachable;
import dev.bootproof.testrunner.TestGuest;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Guests whose SSH server is not a friend. */
@Timeout(400)
class HostileServerTest {
    private static final RunId RUN = new RunId("demo-os-0123456789ab");
    private static final RunId OTHER = new RunId("demo-os-ba9876543210");
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final int GIGABYTE = 1 << 30;

    private final DerivedKeys keys = new DerivedKeys(new byte[32]);

    @Test
    void aGuestThatTalksForEverBeforeItGreetsIsNoSshServer() throws IOException {
        // Given
        AtomicLong said = new AtomicLong();
        try (ServerSocket server = talking(said, "HTTP/1.1 200 OK\r\n".repeat(1000))) {
            // Then
            assertThatExceptionOfType(GuestUnreachable.class)
                    .isThrownBy(() -> new SshGuests(keys, LIMIT).enter(RUN, address(server)))
                    .withMessageContaining("nothing of SSH");
        }
        assertThat(said.get()).isLessThan(32L << 20);
    }

    @Test
    void aGuestThatDripsItsGreetingIsGivenUp() throws IOException {
        // Given
        AtomicLong said = new AtomicLong();
        Instant began = Instant.now();
        try (ServerSocket server = talking(said, "")) {
            // Then
            assertThatExceptionOfType(GuestUnreachable.class)
                    .isThrownBy(() -> new SshGuests(keys, Duration.ofSeconds(2)).enter(RUN, address(server)));
        }
        assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void ofAGigabyteOfNoiseTheBeginningIsKeptAndTheRestNotWaitedFor() {
        // Given
        byte[] noise = new byte[1 << 20];
        new Random(4).nextBytes(noise);
        try (TestGuest server = new TestGuest(keys, RUN);
                Guest guest = new SshGuests(keys, LIMIT).enter(RUN, server.address())) {
            server.on("flood", (in, out) -> {
                for (int n = 0; n < GIGABYTE / noise.length; n++) {
                    out.write(noise);
                }
                return 0;
            });
            long before = used();

            // When
            Answer answer = guest.run(new Command("flood", LIMIT).heardBy((line, here) -> {}));

            // Then
            assertThat(answer.exit()).isEqualTo(141);
            assertThat(answer.output().size()).isEqualTo(64 << 10);
            assertThat(answer.output().cut()).isTrue();
            assertThat(used() - before).isLessThan(64L << 20);
            assertThat(guest.run(new Command("nothing", LIMIT)).exit()).isEqualTo(127);
        }
    }

    @Test
    void aHostKeyThatChangesBetweenTwoBootsIsAFaultOfItsOwn() {
        // Given
        SshGuests guests = new SshGuests(keys, LIMIT);
        try (TestGuest first = new TestGuest(keys, RUN);
                Guest entered = guests.enter(RUN, first.address())) {
            assertThat(entered.run(new Command("true", LIMIT)).exit()).isEqualTo(127);
        }

        // When
        try (TestGuest second = new TestGuest(keys, OTHER)) {
            // Then
            assertThatExceptionOfType(StageFault.class)
                    .isThrownBy(() -> guests.enter(RUN, second.address()))
                    .satisfies(fault -> assertThat(fault.fault()).isEqualTo(Fault.HOST_KEY_CHANGED));
        }
    }

    private static SshAddress address(ServerSocket server) {
        return new SshAddress("127.0.0.1", server.getLocalPort(), "root");
    }

    /** Says this again and again; where it is nothing, a letter now and then. */
    private static ServerSocket talking(AtomicLong said, String words) throws IOException {
        ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            try (Socket socket = server.accept();
                    OutputStream out = socket.getOutputStream()) {
                byte[] bytes = words.getBytes(StandardCharsets.US_ASCII);
                while (bytes.length == 0) {
                    out.write('x');
                    java.util.concurrent.locks.LockSupport.parkNanos(100_000_000);
                }
                for (long n = 0; n < GIGABYTE / bytes.length; n++) {
                    out.write(bytes);
                    said.addAndGet(bytes.length);
                }
            } catch (IOException e) {
                // It was hung up on, as it should be.
                said.incrementAndGet();
            }
        });
        return server;
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
