package dev.bootproof.testrunner;

import static dev.bootproof.testrunner.TestCase.Outcome.FAILED;
import static dev.bootproof.testrunner.TestCase.Outcome.PASSED;
import static dev.bootproof.testrunner.TestCase.Outcome.SKIPPED;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bootproof.events.Digest;
import dev.bootproof.events.EventJson;
import dev.bootproof.testrunner.Reading.Tests;
import dev.bootproof.testrunner.Reading.Unreadable;
import dev.bootproof.testrunner.Suite.SuiteFile;
import dev.bootproof.testrunner.TestCase.Outcome;
import dev.bootproof.testrunner.tar.Tar;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
            assertThat(outcomes(tests)).containsOnly(PASSED, FAILED, SKIPPED).hasSize(7);
            assertThat(tests.cases())
                    .filteredOn(TestCase::failed)
                    .extracting(failure -> failure.name() + ": "
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
        Reading behave = SuiteReader.read(PROGRAM, end(1), Map.of("behave.json", Recorded.file("broken.json")));
        Reading junit = SuiteReader.read(PROGRAM, end(1), Map.of("junit/TESTS-a.xml", Recorded.file("broken.xml")));

        // Then
        assertThat(outcomes(junit)).isEqualTo(outcomes(behave));
    }

    @Test
    void aProgramThatLeavesNoResultIsJudgedByItsExitCode() {
        // When
        Reading well = SuiteReader.read(PROGRAM, end(0), Map.of());
        Reading badly = SuiteReader.read(PROGRAM, end(3), Map.of("output.txt", Content.of("one\nno widget\n")));

        // Then
        assertThat(well).isEqualTo(new Tests(List.of(TestCase.passed("demo"))));
        assertThat(badly).isEqualTo(new Tests(List.of(TestCase.failed("demo", "it exited with 3: no widget"))));
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

    /** JSON can say half a character, which it cannot be written with again. */
    @Test
    void namesThatNoTerminalOrJsonCouldBearAreMadePlain() {
        // Given
        String behave = """
                [{"elements":[
                  {"type":"scenario","name":"\\ud83d half","status":"failed",
                   "steps":[{"keyword":"Given","name":"x","result":{"status":"failed","error_message":"\\u009b2J\\u0000\\udc00"}}]},
                  {"type":"scenario","name":"<script>\\u202eevil\\u001b[2J","status":"passed"},
                  {"type":"scenario","name":"%s","status":"passed"}]}]""".formatted("😀".repeat(500));

        // When
        Reading reading = SuiteReader.read(FEATURES, end(1), Map.of("behave.json", Content.of(behave)));

        // Then
        assertThat(reading).isInstanceOfSatisfying(Tests.class, tests -> {
            assertThat(tests.cases())
                    .extracting(TestCase::name)
                    .startsWith("\ufffd half", "<script>evil")
                    .allSatisfy(name -> assertThat(name).hasSizeLessThanOrEqualTo(240));
            assertThat(EventJson.write(tests.cases())).isNotEmpty();
        });
    }

    /** A billion laughs, a quadratic blow-up, and what would be fetched from elsewhere. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE a [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;'>]><a>&c;</a>",
                "<!DOCTYPE a SYSTEM 'http://127.0.0.1:1/a.dtd'><a><testcase name='x'/></a>",
                "<!DOCTYPE a [<!ENTITY % p SYSTEM 'file:///dev/zero'> %p;]><a><testcase name='x'/></a>",
                "<a><testcase name='x' xmlns:xi='http://www.w3.org/2001/XInclude'>&undeclared;</testcase></a>",
            })
    void xmlThatWouldGrowOrFetchIsRefused(String xml) {
        assertThat(SuiteReader.read(PROGRAM, end(0), Map.of("junit.xml", Content.of(xml))))
                .isInstanceOf(Unreadable.class);
    }

    /** What was left out may be the test that failed. */
    @Test
    void resultsOfWhichSomeWereLeftOutAreNotBelieved() {
        // When
        Reading reading = SuiteReader.read(
                PROGRAM, end(0), Map.of(Tar.LEFT_OUT, Content.of("there are more than 8388608 bytes\n")));

        // Then
        assertThat(reading)
                .isEqualTo(new Unreadable("it left too much behind to be read, there are more than 8388608 bytes: leave"
                        + " less in BOOTPROOF_RESULTS"));
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "junit.xml | <testsuite>\\n<testcase name='a'>\\n</testsuite> | junit.xml:3: no XML of JUnit's",
                "junit.xml | <testsuite>&bomb;</testsuite> | junit.xml:1: no XML of JUnit's",
                "behave.json | [\\n{\"elements\": [,]}] | behave.json:2: no JSON",
                "a.tap | TAP version 14\\n1..99999999 | a.tap:2: it plans more than a million tests",
                "a.tap | ok 1234567890123 | a.tap:1: a test has a number above a million",
            })
    void aFileThatCannotBeReadIsNamedWithItsLine(String file, String text, String why) {
        // When
        Reading reading = SuiteReader.read(PROGRAM, end(0), Map.of(file, Content.of(text.replace("\\n", "\n"))));

        // Then
        assertThat(reading)
                .isInstanceOfSatisfying(
                        Unreadable.class,
                        unreadable -> assertThat(unreadable.why()).startsWith(why));
    }

    @ParameterizedTest
    @ValueSource(strings = {"behave.json", "junit.xml", "a.tap"})
    void aFileThatWasCutIsNotBelieved(String file) throws IOException {
        // Given
        Content cut = Content.read(new ByteArrayInputStream("1..1\nok 1\nmore".getBytes(UTF_8)), 10);

        // When
        Reading reading = SuiteReader.read(PROGRAM, end(0), Map.of(file, cut));

        // Then
        assertThat(reading).isEqualTo(new Unreadable(file + " is larger than 10 bytes"));
    }

    @Test
    void moreTestsThanAnybodyReadsAreNotBelieved() {
        // Given
        String tap = "1..100002\n" + "ok\n".repeat(100_002);
        String junit = "<a>" + "<testcase name='a'/>".repeat(100_002) + "</a>";

        // When
        Reading ofTap = SuiteReader.read(PROGRAM, end(0), Map.of("a.tap", Content.of(tap)));
        Reading ofJUnit = SuiteReader.read(PROGRAM, end(0), Map.of("a.xml", Content.of(junit)));

        // Then
        assertThat(ofTap).isEqualTo(new Unreadable("a.tap:100002: there are more than 100000 tests: split the suite"));
        assertThat(ofJUnit).isEqualTo(new Unreadable("a.xml has more than 100000 tests: split the suite"));
    }

    @Test
    void xmlThatIsNestedWithoutEndIsRefused() {
        // When
        Reading reading =
                SuiteReader.read(PROGRAM, end(0), Map.of("junit.xml", Content.of("<testcase>".repeat(200_000))));

        // Then
        assertThat(reading)
                .isInstanceOfSatisfying(
                        Unreadable.class,
                        unreadable -> assertThat(unreadable.why()).contains("nested more than 50 deep"));
    }

    @Test
    void junitsFailureOutsideATestIsTheFilesOwn() {
        // When
        Reading reading = SuiteReader.read(
                PROGRAM,
                end(1),
                Map.of(
                        "junit.xml",
                        Content.of("<testsuite><error>no display</error><testcase name='a'/></testsuite>")));

        // Then
        assertThat(reading)
                .isEqualTo(new Tests(List.of(TestCase.failed("junit.xml", "no display"), TestCase.passed("a"))));
    }

    @Test
    void behaveWinsOverJUnitAndJUnitOverTap() {
        // Given
        Content tap = Content.of("1..1\nok 1 - tap");
        Content junit = Content.of("<testcase name='junit'/>");
        Content behave = Content.of("[{\"elements\":[{\"name\":\"behave\",\"status\":\"passed\"}]}]");

        // When
        Reading three =
                SuiteReader.read(PROGRAM, end(0), Map.of("a.tap", tap, "junit.xml", junit, "behave.json", behave));
        Reading two = SuiteReader.read(PROGRAM, end(0), Map.of("a.tap", tap, "junit.xml", junit));
        Reading one = SuiteReader.read(PROGRAM, end(0), Map.of("output.tap", tap));

        // Then
        assertThat(three).isEqualTo(new Tests(List.of(TestCase.passed("behave"))));
        assertThat(two).isEqualTo(new Tests(List.of(TestCase.passed("junit"))));
        assertThat(one).isEqualTo(new Tests(List.of(TestCase.passed("tap"))));
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

    private static List<Outcome> outcomes(Reading reading) {
        return ((Tests) reading)
                .cases().stream().map(TestCase::outcome).sorted().toList();
    }

    private static SuiteEnd end(@Nullable Integer exit) {
        return new SuiteEnd("success", exit, null, Duration.ofSeconds(1));
    }

    private static Suite suite(String file) {
        return new Suite("demo", Digest.of(file), List.of(new SuiteFile(file, true, Path.of(file))));
    }
}
