package dev.bootproof.testrunner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bootproof.events.Counts;
import dev.bootproof.events.Digest;
import dev.bootproof.testrunner.Reading.Tests;
import dev.bootproof.testrunner.Reading.Unreadable;
import dev.bootproof.testrunner.Suite.SuiteFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SuiteReaderTest {
    private static final Suite FEATURES = suite("features/a.feature");
    private static final Suite PROGRAM = suite("run");
    private static final String XXE = """
            <!DOCTYPE testsuite [<!ENTITY secret SYSTEM "file:///etc/passwd">]>
            <testsuite><testcase name="&secret;"/></testsuite>""";

    @Test
    void behavesScenariosAreCountedAndUndefinedOnesFail() {
        // When
        Reading reading = SuiteReader.read(FEATURES, end(1), Map.of("behave.json", Recorded.file("broken.json")));

        // Then
        assertThat(reading).isInstanceOfSatisfying(Tests.class, tests -> {
            assertThat(tests.counts()).isEqualTo(new Counts(3, 3, 1, 0, 0));
            assertThat(tests.failures())
                    .extracting(failure -> failure.test() + ": "
                            + failure.message().lines().findFirst().orElse(""))
                    .containsExactly(
                            "A unit failed: demo-broken.service failed",
                            "A step is missing: no step is defined for: Then nobody wrote this step",
                            "A step raises: Traceback (most recent call last):");
        });
    }

    @Test
    void junitTellsTheSameStoryAsBehaveItself() {
        // When
        Reading reading = SuiteReader.read(PROGRAM, end(1), Map.of("junit/TESTS-a.xml", Recorded.file("broken.xml")));

        // Then
        assertThat(reading)
                .isInstanceOfSatisfying(
                        Tests.class, tests -> assertThat(tests.counts()).isEqualTo(new Counts(3, 3, 1, 0, 0)));
    }

    @Test
    void aProgramThatLeavesNoResultIsJudgedByItsExitCode() {
        // When
        Reading well = SuiteReader.read(PROGRAM, end(0), Map.of());
        Reading badly = SuiteReader.read(PROGRAM, end(3), Map.of("output.txt", Content.of("one\nno widget\n")));

        // Then
        assertThat(well).isEqualTo(new Tests(new Counts(1, 0, 0, 0, 0), List.of()));
        assertThat(badly)
                .isInstanceOfSatisfying(
                        Tests.class,
                        tests -> assertThat(tests.failures())
                                .singleElement()
                                .satisfies(failure ->
                                        assertThat(failure.message()).isEqualTo("it exited with 3: no widget")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{}", "[{\"elements\":[]}]", "[{\"elements\":[{\"status\":\"pa", ""})
    void aBehaveResultWithoutTestsIsNeverPassed(String json) {
        // When
        Reading reading = SuiteReader.read(FEATURES, end(0), Map.of("behave.json", Content.of(json)));

        // Then
        assertThat(reading).isInstanceOf(Unreadable.class);
    }

    @Test
    void behaveThatLeavesNothingIsNoVerdictOnTheImage() {
        // When
        Reading reading = SuiteReader.read(FEATURES, end(1), Map.of("output.txt", Content.of("ImportError: guest\n")));

        // Then
        assertThat(reading).isEqualTo(new Unreadable("behave exited with 1 and left no result: ImportError: guest"));
    }

    @Test
    void anExitCodeThatContradictsTheTestsIsNotBelieved() {
        // Given
        Content good = Content.of("<testsuite><testcase name='a'/></testsuite>");

        // When
        Reading reading = SuiteReader.read(PROGRAM, end(2), Map.of("junit.xml", good));

        // Then
        assertThat(reading).isEqualTo(new Unreadable("it exited with 2 though no test of it failed"));
    }

    @Test
    void aDocumentTypeInAGuestsXmlIsRefused() {
        // When
        Reading reading = SuiteReader.read(PROGRAM, end(0), Map.of("junit.xml", Content.of(XXE)));

        // Then
        assertThat(reading)
                .isInstanceOfSatisfying(
                        Unreadable.class,
                        unreadable -> assertThat(unreadable.why()).contains("DOCTYPE"));
    }

    @Test
    void aSuiteThatWasKilledIsUnreadable() {
        // Given
        SuiteEnd killed = SuiteEnd.parse("exit=\nLoadState=loaded\nResult=oom-kill\n");

        // When
        Reading reading = SuiteReader.read(PROGRAM, killed, Map.of());

        // Then
        assertThat(reading).isEqualTo(new Unreadable("its process ended by oom-kill"));
    }

    private static SuiteEnd end(@Nullable Integer exit) {
        return new SuiteEnd("success", exit, null, Duration.ofSeconds(1));
    }

    private static Suite suite(String file) {
        return new Suite("demo", Digest.of(file), List.of(new SuiteFile(file, true, Path.of(file))));
    }
}
