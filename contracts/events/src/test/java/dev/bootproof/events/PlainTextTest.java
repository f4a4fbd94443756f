package dev.bootproof.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\u001b[31mb",
                "a\u001b[?25lb",
                "a\u001b]0;title\u0007b",
                "a\u001b]8;;http://evil\u001b\\b",
                "a\u001bPq#0;2;0;0;0\u001b\\b",
                "a\u001b(0b",
                "a\u001bcb",
                "a\u0000b",
                "a\u007fb",
                "a\u009bb",
                "a\u202eb",
                "a\u2066b\u2069",
                "a\u200fb",
                "a\u200bb",
                "\ufeffab",
                "a\udb40\udc41b",
            })
    void nothingDrivesATerminalOrTurnsTheText(String text) {
        assertThat(PlainText.line(text, 100)).isEqualTo("ab");
    }

    @Test
    void ordinaryTextStaysAsItIs() {
        // Given
        String text = "grün, 日本語, עברית, 👩‍🔬 <b>&amp; \"'";
        // Then
        assertThat(PlainText.line(text, 100)).isEqualTo(text);
        assertThat(PlainText.lines("\ta\n\tb\n", 100)).isEqualTo("\ta\n\tb");
        assertThat(PlainText.line("a\r\n\tb\u2028c", 100)).isEqualTo("a b c");
    }

    @Test
    void halfACharacterIsNoneAndCanBeWrittenAsJson() {
        // When
        String lone = PlainText.line("a\ud83d", 100);
        String cut = PlainText.line("😀".repeat(50), 20);
        // Then
        assertThat(lone).isEqualTo("a\ufffd");
        assertThat(cut).isEqualTo("😀".repeat(8) + "...");
        assertThatCode(() -> EventJson.write(cut)).doesNotThrowAnyException();
    }

    @Test
    void longTextIsCutWithoutLookingAtAllOfIt() {
        // Given
        String ends = "\u001b]".repeat(5_000_000);
        // Then
        assertThat(PlainText.lines("x".repeat(50_000_000), 10)).isEqualTo("xxxxxxx...");
        assertTimeout(Duration.ofSeconds(5), () -> PlainText.line(ends, 1000).length());
    }
}
