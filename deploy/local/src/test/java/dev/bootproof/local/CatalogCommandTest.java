package dev.bootproof.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The catalog that is shipped, its examples, and what is said of mistakes. */
class CatalogCommandTest {
    private static final Path SHIPPED = Labs.checkout().resolve("deploy/local/catalog.yaml");
    private static final Pattern EXAMPLE = Pattern.compile("^ *# Example ([a-z-]+)[:,].*");
    private static final String COMMENTED = "#|";

    @TempDir
    Path directory;

    private final Screen out = new Screen();

    private int check(Path file, String... more) {
        String[] arguments = {"catalog", "check", file.toString()};
        String[] all = List.of(List.of(arguments), List.of(more)).stream()
                .flatMap(List::stream)
                .toArray(String[]::new);
        return Bootproof.run(Labs.in(directory.resolve("lab")), out.terminal(), out.stream(), all);
    }

    private static List<String> examples() throws IOException {
        return Files.readAllLines(SHIPPED).stream()
                .map(EXAMPLE::matcher)
                .filter(Matcher::matches)
                .map(found -> found.group(1))
                .distinct()
                .toList();
    }

    /** The shipped catalog with all examples in force, or with this one. */
    private Path with(String wanted) throws IOException {
        StringBuilder text = new StringBuilder();
        String example = "";
        for (String line : Files.readAllLines(SHIPPED)) {
            Matcher begins = EXAMPLE.matcher(line);
            example = begins.matches() ? begins.group(1) : example;
            boolean counts = line.startsWith(COMMENTED) && (wanted.equals("all") || example.equals(wanted));
            text.append(counts ? line.substring(COMMENTED.length()) : line).append('\n');
        }
        return Files.writeString(directory.resolve("catalog.yaml"), text);
    }

    @Test
    void whatIsShippedIsGoodAndTold() {
        assertThat(check(SHIPPED)).as(out.text()).isZero();
        assertThat(out.lines())
                .contains(
                        "no mistakes in " + SHIPPED,
                        "  plan           demo (default): rootfs, boot (1024 MiB: system)",
                        "  stream         127.0.0.1:5000/demo-os:latest by demo, when it moves");
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleIsGoodOnceItCounts(String example) throws IOException {
        assertThat(check(with(example))).as(out.text()).isZero();
        assertThat(Files.readString(directory.resolve("catalog.yaml"))).isNotEqualTo(Files.readString(SHIPPED));
    }

    @Test
    void allExamplesAreGoodTogether() throws IOException {
        assertThat(check(with("all"))).as(out.text()).isZero();
        assertThat(out.lines())
                .contains(
                        "  plan           installer: disk, install (512 MiB: install), then installed (1024 MiB: system)",
                        "  stream         ghcr.io/org/os:stable by demo, when it moves and at 0 2 * * *",
                        "  pull requests  org/os labelled \"test me\" by demo");
        assertThat(examples())
                .contains("installer", "published-disk", "nightly", "pull-requests", "targets", "known-failures");
    }

    @Test
    void everyMistakeIsNamedAtOnceWithItsLine() throws IOException {
        // Given
        Path bad = Files.writeString(directory.resolve("bad.yaml"), """
                defaultPlan: nothing
                plans:
                  demo:
                    recipe: {kind: blank, sizeMiB: 16}
                    phases: []
                    buildTimeout: soon
                    maxWait: PT30M
                streams:
                  - image: ubuntu
                """);

        // When
        int exit = check(bad);

        // Then
        assertThat(exit).isEqualTo(2);
        assertThat(out.text()).contains(bad + ":1: ", bad + ":5: ", bad + ":6: ", bad + ":9: ");
        assertThat(out.lines().getLast()).matches("[0-9]+ mistakes");
    }

    @Test
    void programsGetTheMistakesAsJson() {
        assertThat(check(directory.resolve("none.yaml"), "-o", "json")).isEqualTo(2);
        assertThat(out.text()).contains("\"line\" : 1").contains("cannot be read");
    }
}
