package dev.bootproof.testrunner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bootproof.testrunner.Reading.Tests;
import dev.bootproof.testrunner.TestCase.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TapTest {
    @Test
    void pointsDirectivesAndDetailsOfTap13AreRead() {
        // When
        List<TestCase> tests = read("""
                TAP version 13
                1..6
                ok 1 - The root is mounted
                not ok 2 - No unit has failed
                # demo.service failed
                  ---
                  ok 7 - this is YAML, not a test
                  exit: 3
                  ...
                ok 3 # SKIP no battery here
                not ok 4 - The fan turns # TODO not written yet
                ok 5 - Cost is \\#5 # todo it works already
                ok 6
                """);

        // Then
        assertThat(tests)
                .containsExactly(
                        TestCase.passed("The root is mounted"),
                        TestCase.failed(
                                "No unit has failed", "demo.service failed\nok 7 - this is YAML, not a test\nexit: 3"),
                        new TestCase("test 3", Outcome.SKIPPED, "skip no battery here"),
                        new TestCase("The fan turns", Outcome.EXPECTED, "todo not written yet"),
                        new TestCase("Cost is #5", Outcome.PASSED, "todo it works already"),
                        TestCase.passed("test 6"));
    }

    @Test
    void subtestsOfTap14AreTheTestsAndCarryTheirParentsName() {
        // When
        List<TestCase> tests = read("""
                TAP version 14
                # Subtest: disk
                    ok 1 - is mounted
                    not ok 2 - is writable
                      ---
                      message: read-only
                      ...
                    1..2
                not ok 1 - disk
                ok 2 - network
                1..2
                """);

        // Then
        assertThat(tests)
                .containsExactly(
                        TestCase.passed("disk > is mounted"),
                        TestCase.failed("disk > is writable", "message: read-only"),
                        TestCase.passed("network"));
    }

    /** The example of docs.kernel.org/dev-tools/ktap.html, its names shortened, in a kernel's log. */
    @Test
    void ktapsNestingIsReadFromAKernelsLog() {
        // When
        List<TestCase> tests = read("""
                [    0.060000] KTAP version 1
                [    0.060000] 1..2
                [    0.060010]   KTAP version 1
                [    0.060010]   1..2
                [    0.060020]     KTAP version 1
                [    0.060020]     1..2
                [    0.060030]     not ok 1 test_1
                [    0.060040]     ok 2 test_2
                [    0.060050]   not ok 1 example
                [    0.060060]   # a line of the next test
                [    0.060070]   not ok 2 other # TIMEOUT 45 seconds
                [    0.060080] not ok 1 main
                [    0.060090] ok 2 second # SKIP no device
                """);

        // Then
        assertThat(tests)
                .containsExactly(
                        TestCase.failed("main > example > test_1", "not ok"),
                        TestCase.passed("main > example > test_2"),
                        TestCase.failed("main > other", "timeout 45 seconds\na line of the next test"),
                        new TestCase("second", Outcome.SKIPPED, "skip no device"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1..3;ok 1;ok 2 | 3 tests were planned, and there are 2",
                "1..1;ok 1;ok 2 | 1 tests were planned, and there are 2",
                "1..2;ok 1;ok 3 | 2 tests were planned, and there are 3",
                "ok 1;ok 2 | there is no plan (1..N), so nobody knows whether all tests ran",
                "1..3;ok 1;Bail out! no disk | it bailed out: no disk",
                "1..1;    1..2;    ok 1;ok 1 - a | 2 tests were planned, and there are 1",
                "1..2;    Bail out! deep;ok 1 | it bailed out: deep",
            })
    void testsThatWerePlannedAndDidNotRunAreAFailureThatSaysSo(String lines, String why) {
        assertThat(read(lines.replace(';', '\n')))
                .filteredOn(TestCase::failed)
                .singleElement()
                .satisfies(test -> {
                    assertThat(test.name()).endsWith("All tests of a.tap ran");
                    assertThat(test.message()).isEqualTo(why);
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "TAP version 14\n", "1..0 # SKIP no display\n", "1..1\nok 1 # SKIP no display\n"})
    void aFileInWhichNoTestRanSaysNothing(String text) {
        assertThat(Tap.read(Map.of("a.tap", Content.of(text))))
                .isEqualTo(new Reading.Unreadable("a.tap has no test that ran"));
    }

    @Test
    void aParentThatFailedThoughItsSubtestsPassedHasFailed() {
        assertThat(read("1..1\n    1..1\n    ok 1 - child\nnot ok 1 - parent\n"))
                .containsExactly(TestCase.passed("parent > child"), TestCase.failed("parent", "not ok"));
    }

    @Test
    void subtestsOfAParentThatIsToBeDoneFailAsExpected() {
        assertThat(read("1..2\n    1..1\n    not ok 1 - child\nnot ok 1 - parent # TODO later\nok 2\n"))
                .extracting(TestCase::outcome)
                .containsExactly(Outcome.EXPECTED, Outcome.PASSED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"okay", "not okay 1", "notok 1", "ok:1", "  1...3", "1.. 3", "pragma +strict"})
    void whatOnlyLooksLikeATestIsNone(String line) {
        assertThat(read("1..1\nok 1\n" + line + "\n")).containsExactly(TestCase.passed("test 1"));
    }

    @Test
    void whatDrivesATerminalOrFillsAPageIsTakenOutOfNames() {
        // When
        String name = read("1..1\nnot ok 1 - \u001b[31mred\u0007\u2028" + "x".repeat(9000) + "\n")
                .getFirst()
                .name();

        // Then
        assertThat(name).startsWith("red").hasSize(240).doesNotContain("\u001b", "\u0007", "\n");
    }

    /** Whatever tree of tests is written is read again, by either indentation. */
    @ParameterizedTest
    @ValueSource(ints = {2, 4})
    void everyTreeIsReadAsItWasWritten(int indentation) {
        for (int seed = 0; seed < 200; seed++) {
            // Given
            Tree tree = Tree.random(new Random(seed), 0);
            String header = indentation == 2 ? "KTAP version 1\n" : "TAP version 14\n";

            // When
            List<TestCase> tests = read(header + tree.lines(0, indentation));

            // Then
            assertThat(tests).as("seed %d", seed).extracting(TestCase::name).isEqualTo(tree.leaves(""));
            assertThat(tests.stream().filter(TestCase::failed).count())
                    .as("seed %d", seed)
                    .isEqualTo(tree.leaves("").stream()
                            .filter(name -> name.endsWith("bad"))
                            .count());
        }
    }

    /** Noise may make a result unreadable or failed, but never breaks the reader and never makes a failure vanish. */
    @Test
    void aFailureIsSeenThroughAnyNoise() {
        for (int seed = 0; seed < 500; seed++) {
            // Given
            Random random = new Random(seed);
            String noise = random.ints(random.nextInt(20), 0, NOISE.size())
                    .mapToObj(NOISE::get)
                    .collect(Collectors.joining("\n", "", "\n"));

            // When
            Reading reading = Tap.read(Map.of("a.tap", Content.of("not ok 1 - first\n" + noise)));

            // Then
            if (reading instanceof Tests tests) {
                assertThat(tests.failed()).as(noise).isTrue();
            }
        }
    }

    private static final List<String> NOISE = List.of(
            "1..1",
            "1..0 # SKIP",
            "ok 1",
            "  ok 2 # SKIP",
            "        not ok",
            "  ---",
            "  ...",
            "Bail out!",
            "#",
            "KTAP version 1",
            "TAP version 14",
            "   1..2",
            "\u0000",
            "ok 1 - x # TODO",
            "# Subtest: a",
            "    ok 1 - b");

    private static List<TestCase> read(String text) {
        return ((Tests) Tap.read(Map.of("a.tap", Content.of(text)))).cases();
    }

    private record Tree(String name, List<Tree> children) {
        static Tree random(Random random, int depth) {
            int width = depth == 0 ? 1 + random.nextInt(4) : depth > 3 ? 0 : random.nextInt(4) * random.nextInt(2);
            List<Tree> children = IntStream.range(0, width)
                    .mapToObj(n -> random(random, depth + 1))
                    .toList();
            String kind = random.nextInt(4) == 0 ? "bad" : "good";
            return new Tree("t" + random.nextInt(1000) + (children.isEmpty() ? kind : ""), children);
        }

        String lines(int depth, int indentation) {
            String indent = " ".repeat(depth * indentation);
            StringBuilder lines = new StringBuilder(indent + "1.." + children.size() + "\n");
            for (int n = 0; n < children.size(); n++) {
                Tree child = children.get(n);
                boolean bad = child.name().endsWith("bad")
                        || child.leaves("").stream().anyMatch(name -> name.endsWith("bad"));
                lines.append(child.children().isEmpty() ? "" : child.lines(depth + 1, indentation));
                lines.append(indent).append(bad ? "not ok " : "ok ").append(n + 1);
                lines.append(" - ").append(child.name()).append('\n');
            }
            return lines.toString();
        }

        List<String> leaves(String prefix) {
            return children.stream()
                    .flatMap(child -> child.children().isEmpty()
                            ? List.of(prefix + child.name()).stream()
                            : child.leaves(prefix + child.name() + " > ").stream())
                    .toList();
        }
    }
}
