package dev.bootproof.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class EscapedTest {
    @Test
    void nothingThatATerminalActsOnReachesIt() {
        // Given
        String hostile = "a\u001b[2Jb\u009bc\rd\u202ee\u0007\nf\u0000é漢";
        // When
        String shown = Escaped.line(hostile);
        // Then
        assertThat(shown)
                .isEqualTo("a\\u{1b}[2Jb\\u{9b}c\\u{d}d\\u{202e}e\\u{7}\\u{a}f\\u{0}é漢")
                .matches("[^\\p{Cntrl}]*");
    }

    @Test
    void aBodyIsShownLineByLineUpToItsBound() {
        // Given
        byte[] body = "one\ntwo\u001b\nthree".getBytes(StandardCharsets.UTF_8);
        // When
        String shown = Escaped.text(body, 8);
        // Then
        assertThat(shown.lines()).containsExactly("one", "two\\u{1b}");
        assertThat(Escaped.text(new byte[] {(byte) 0xff}, 8)).isEqualTo("\ufffd");
    }
}
