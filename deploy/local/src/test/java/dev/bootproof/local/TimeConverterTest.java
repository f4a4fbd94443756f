package dev.bootproof.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class TimeConverterTest {
    @ParameterizedTest
    @CsvSource({"30m,PT30M", "1h30m,PT1H30M", "90s,PT1M30S", "PT30M,PT30M", "2H,PT2H", "pt5m,PT5M"})
    void timesAreWrittenAsPeopleDo(String text, Duration time) {
        assertThat(new TimeConverter().convert(text)).isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "30", "soon", "m30", "1d"})
    void whatIsNoTimeIsRefusedWithAnExample(String text) {
        assertThatThrownBy(() -> new TimeConverter().convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("write 30m, 1h30m or PT30M");
    }
}
