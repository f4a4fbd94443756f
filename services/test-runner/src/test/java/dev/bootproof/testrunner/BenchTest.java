package dev.bootproof.testrunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.bootproof.events.Digest;
import dev.bootproof.events.Fault;
import dev.bootproof.events.Sample;
import dev.bootproof.stage.StageFault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchTest {
    private static final List<Sample> SAMPLES =
            List.of(new Sample("/usr/bin/a", Digest.of("a")), new Sample("/usr/bin/b", Digest.of("b")));

    @Test
    void aMachineWhoseFilesAreAllTheImagesIsTested() {
        assertThatCode(() -> setUp(0, "/usr/bin/a: OK\n/usr/bin/b: OK\n")).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "0, /usr/bin/a: OK|/usr/bin/b: FAILED, WRONG_DIGEST, /usr/bin/b",
        "0, /usr/bin/b: FAILED open or read, WRONG_DIGEST, /usr/bin/b",
        "0, /usr/bin/a: OK, TOOL_FAILED, /usr/bin/b",
        "0, /usr/bin/ab: OK|/usr/bin/b: OK, TOOL_FAILED, /usr/bin/a",
        "0, '', TOOL_FAILED, /usr/bin/a",
        "71, '', UNSUPPORTED, sha256sum",
        "127, '', GUEST_LOST, corner",
    })
    void aComparisonThatWasNotMadeOrWentWrongIsNeverAGoodOne(int exit, String said, Fault fault, String named) {
        assertThatExceptionOfType(StageFault.class)
                .isThrownBy(() -> setUp(exit, said.replace('|', '\n')))
                .satisfies(thrown -> assertThat(thrown.fault()).isEqualTo(fault))
                .withMessageContaining(named);
    }

    @Test
    void aSuiteThatEndedInItsTimeIsNotBlamedForAConnectionThatHangs() {
        // Given
        Hanging guest = new Hanging(1);
        Bench bench = new Bench(guest, new Screens(new SilentMachine(), Path.of("target")));

        // When
        SuiteEnd end = bench.await("system", Duration.ofSeconds(5));

        // Then
        assertThat(end.unit()).isEqualTo("success");
        assertThat(guest.left).isEqualTo(1);
    }

    @Test
    void aSuiteThatNobodySeesTheEndOfHasTimedOut() {
        Bench bench = new Bench(new Hanging(2), new Screens(new SilentMachine(), Path.of("target")));

        assertThatExceptionOfType(StageFault.class)
                .isThrownBy(() -> bench.await("system", Duration.ofSeconds(5)))
                .satisfies(thrown -> assertThat(thrown.fault()).isEqualTo(Fault.SUITE_TIMEOUT));
    }

    /** A guest that does not answer at first, and was left so often. */
    private static final class Hanging implements Guest {
        private int times;
        private int left;

        Hanging(int times) {
            this.times = times;
        }

        @Override
        public Answer run(Command command) {
            if (times-- > 0) {
                throw new CommandTooSlow(command.line(), command.limit());
            }
            return new Answer(0, Content.of("exit=0\nsource=test\nResult=success\nLoadState=loaded\n"), "");
        }

        @Override
        public void close() {
            left++;
        }
    }

    private static void setUp(int exit, String said) {
        Guest guest = new Saying(new Answer(exit, Content.of(said), ""));
        new Bench(guest, new Screens(new SilentMachine(), Path.of("target"))).setUp(SAMPLES);
    }

    /** A guest that answers everything with this. */
    private record Saying(Answer answer) implements Guest {
        @Override
        public Answer run(Command command) {
            return answer;
        }

        @Override
        public void close() {}
    }
}
