package dev.bootproof.testrunner.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.bootproof.events.DerivedKeys;
import dev.bootproof.events.Fault;
import dev.bootproof.events.RunId;
import dev.bootproof.stage.StageFault;
import dev.bootproof.testrunner.Answer;
import dev.bootproof.testrunner.Command;
import dev.bootproof.testrunner.CommandTooSlow;
import dev.bootproof.testrunner.Guest;
import dev.bootproof.testrunner.GuestUnreachable;
import dev.bootproof.testrunner.TestGuest;
import dev.bootproof.testrunner.TestGuest.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SshGuestsTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final RunId RUN = new RunId("demo-os-0123456789ab");
    private static final RunId OTHER = new RunId("demo-os-ba9876543210");

    private final DerivedKeys keys = new DerivedKeys(new byte[32]);
    private final SshGuests guests = new SshGuests(keys, LIMIT);
    private final TestGuest server = new TestGuest(keys, RUN);
    private final CountDownLatch released = new CountDownLatch(1);

    @AfterEach
    void stop() {
        released.countDown();
        server.close();
    }

    @Test
    void oneConnectionCarriesManyCommandsWithTheirInputAndExitCode() {
        // Given
        server.on("upper", (in, out) -> {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            out.write(text.toUpperCase(java.util.Locale.ROOT).getBytes(StandardCharsets.UTF_8));
            return 3;
        });
        Command command = new Command("upper", out -> out.write("hello".getBytes(StandardCharsets.UTF_8)), LIMIT);

        // When
        try (Guest guest = guests.enter(RUN, server.address())) {
            Answer first = guest.run(command);
            Answer second = guest.run(new Command("nothing", LIMIT));

            // Then
            assertThat(first.exit()).isEqualTo(3);
            assertThat(first.output().text()).isEqualTo("HELLO");
            assertThat(second.exit()).isEqualTo(127);
        }
    }

    @Test
    void aCommandMayEndWithoutReadingItsInput() {
        // Given
        server.on("deaf", (in, out) -> 0);

        // When
        try (Guest guest = guests.enter(RUN, server.address())) {
            Answer answer = guest.run(new Command("deaf", out -> out.write(new byte[16 << 10]), LIMIT));

            // Then
            assertThat(answer.exit()).isZero();
        }
    }

    @Test
    void inputThatIsLargerThanTheGuestsWindowArrivesWhole() {
        // Given
        int size = (5 << 20) + 1;
        server.on("count", (in, out) -> {
            out.write(String.valueOf(in.readAllBytes().length).getBytes(StandardCharsets.UTF_8));
            return 0;
        });

        // When
        try (Guest guest = guests.enter(RUN, server.address())) {
            Answer answer = guest.run(new Command("count", out -> out.write(new byte[size]), LIMIT));

            // Then
            assertThat(answer.output().text()).isEqualTo(String.valueOf(size));
        }
    }

    @Test
    void somebodyElsesHostKeyIsAFaultOfItsOwn() {
        assertThatExceptionOfType(StageFault.class)
                .isThrownBy(() -> guests.enter(OTHER, server.address()))
                .satisfies(fault -> assertThat(fault.fault()).isEqualTo(Fault.HOST_KEY_CHANGED));
    }

    @Test
    void whereNobodyAnswersTheGuestIsUnreachable() {
        // Given
        server.close();

        // Then
        assertThatExceptionOfType(GuestUnreachable.class).isThrownBy(() -> guests.enter(RUN, server.address()));
    }

    @Test
    void aBrokenConnectionIsNoticedWhileACommandRuns() {
        // Given
        server.on("long", (in, out) -> {
            server.breakConnections();
            return wait(released);
        });

        // When
        try (Guest guest = guests.enter(RUN, server.address())) {
            // Then
            assertThatExceptionOfType(GuestUnreachable.class).isThrownBy(() -> guest.run(new Command("long", LIMIT)));
        }
    }

    @Test
    void whatACommandSaysIsHeardLineByLineWhileItRuns() {
        // Given
        List<String> heard = new CopyOnWriteArrayList<>();
        server.on("tell", (in, out) -> {
            out.write("one\ntwo\nthr".getBytes(StandardCharsets.UTF_8));
            out.flush();
            wait(released);
            return 0;
        });
        server.on("answer", Reply.text(""));
        Command command = new Command("tell", LIMIT).heardBy((line, here) -> {
            heard.add(line + " " + here.run(new Command("answer", LIMIT)).exit());
            if (line.equals("two")) {
                released.countDown();
            }
        });

        // When
        try (Guest guest = guests.enter(RUN, server.address())) {
            Answer answer = guest.run(command);

            // Then
            assertThat(answer.output().text()).isEqualTo("one\ntwo\nthr");
            assertThat(heard).containsExactly("one 0", "two 0");
        }
    }

    @Test
    void aCommandBeyondItsLimitIsTooSlowButTheGuestStillAnswers() {
        // Given
        server.on("long", (in, out) -> wait(released));
        server.on("short", Reply.text("here"));

        // When
        try (Guest guest = guests.enter(RUN, server.address())) {
            assertThatExceptionOfType(CommandTooSlow.class)
                    .isThrownBy(() -> guest.run(new Command("long", Duration.ofMillis(200))));
            Answer answer = guest.run(new Command("short", LIMIT));

            // Then
            assertThat(answer.output().text()).isEqualTo("here");
        }
    }

    private static int wait(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return 0;
    }
}
