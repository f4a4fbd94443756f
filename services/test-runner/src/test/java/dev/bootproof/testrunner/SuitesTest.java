package dev.bootproof.testrunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.bootproof.events.Digest;
import dev.bootproof.stage.StageFault;
import dev.bootproof.testrunner.Suite.SuiteFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SuitesTest {
    private static final Path SHIPPED = Path.of("../../suites");

    @TempDir
    private Path directory;

    @Test
    void aSuitesDigestChangesWithContentPathAndMode() throws IOException {
        // Given
        Path run = write("a/run", "true");
        Digest first = source();

        // When
        Files.writeString(run, "false");
        Digest content = source();
        assertThat(run.toFile().setExecutable(true)).isTrue();
        Digest mode = source();
        Files.move(write("a/one", ""), directory.resolve("a/two"));
        Digest path = source();

        // Then
        assertThat(java.util.List.of(first, content, mode, path)).doesNotHaveDuplicates();
        assertThat(source()).isEqualTo(path);
    }

    @Test
    void compiledPythonAndLinksAreNotSent() throws IOException {
        // Given
        write("a/run", "");
        write("a/__pycache__/b.pyc", "");
        Files.createSymbolicLink(directory.resolve("a/link"), Path.of("run"));

        // When
        Suite suite = new Suites(directory).find("a");

        // Then
        assertThat(suite.files()).extracting(SuiteFile::path).containsExactly("run");
    }

    @Test
    void aDirectoryWithoutTestsIsNoSuite() {
        assertThatExceptionOfType(StageFault.class)
                .isThrownBy(() -> new Suites(SHIPPED).find("tools"))
                .withMessage(
                        "the lab has no such suite: tools (a directory below suites/ with features/ or a program run)");
    }

    @ParameterizedTest
    @ValueSource(strings = "system")
    void everyScenarioOfAShippedSuiteIsASentence(String name) throws IOException {
        // Given
        Suite suite = new Suites(SHIPPED).find(name);

        // When
        for (SuiteFile file : suite.files()) {
            if (file.path().endsWith(".feature")) {
                // Then
                assertThat(Files.readAllLines(file.file()))
                        .filteredOn(line -> line.strip().startsWith("Scenario:"))
                        .isNotEmpty()
                        .allMatch(line -> line.matches(" {2}Scenario: [A-Z][^.]{10,80}"));
            }
        }
    }

    private Digest source() {
        return new Suites(directory).find("a").source();
    }

    private Path write(String path, String content) throws IOException {
        Path file = directory.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }
}
