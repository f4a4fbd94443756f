package dev.bootproof.chaos.accountant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bootproof.chaos.accountant.Effect.Kind;
import dev.bootproof.events.RunId;
import dev.bootproof.events.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StormFilesTest {
    private static final RunId RUN = new RunId("storm-os-0123456789ab");

    @TempDir
    private Path directory = Path.of("");

    private void line(String name, String content) throws IOException {
        Files.writeString(directory.resolve(name), content + "\n");
    }

    @Test
    void whatAStormWritesIsRead() throws IOException {
        // Given
        StormFiles files = new StormFiles(directory);
        line("effects.jsonl", """
                {"at":"2026-11-20T08:00:00Z","kind":"suite-started","run":"%s","phase":1,"suite":"s","pid":12}""".formatted(RUN));
        line("fired.jsonl", """
                {"at":"2026-11-20T08:00:00Z","run":"%s","image":"r/os:1","plan":"p","mayEnd":["passed","errored"]}""".formatted(RUN));
        line("hazards.jsonl", """
                {"at":"2026-11-20T08:00:00Z","hazard":"kill","target":"publisher","mendedAt":"2026-11-20T08:00:09Z"}""");
        line("notified.jsonl", """
                {"at":"2026-11-20T08:00:00Z","target":"chat","key":"k","run":"%s","verdict":"passed"}""".formatted(RUN));
        // Then
        assertThat(files.effects()).singleElement().satisfies(effect -> {
            assertThat(effect.kind()).isEqualTo(Kind.SUITE_STARTED);
            assertThat(effect.run()).isEqualTo(RUN);
        });
        assertThat(files.fired())
                .singleElement()
                .satisfies(fired -> assertThat(fired.mayEnd()).isEqualTo(List.of(Verdict.PASSED, Verdict.ERRORED)));
        assertThat(files.hazards())
                .singleElement()
                .satisfies(struck -> assertThat(struck.over()).isAfter(struck.at()));
        assertThat(files.notices())
                .singleElement()
                .satisfies(notice -> assertThat(notice.key()).isEqualTo("k"));
    }

    @Test
    void whatAStormDidNotWriteIsEmpty() throws IOException {
        // When
        List<Effect> effects = new StormFiles(directory).effects();
        // Then
        assertThat(effects).isEmpty();
    }

    @Test
    void aTornLineProvesNothing() throws IOException {
        // Given
        line("effects.jsonl", "{\"at\":\"2026-11-20");
        // Then
        assertThatThrownBy(() -> new StormFiles(directory).effects())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("effects.jsonl:1 cannot be read");
    }
}
