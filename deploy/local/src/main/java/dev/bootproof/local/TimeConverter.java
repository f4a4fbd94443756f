package dev.bootproof.local;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A time as people write it, {@code 30m} or {@code 1h30m}, or as ISO 8601 does, {@code PT30M}. */
final class TimeConverter implements ITypeConverter<Duration> {
    private static final Pattern PLAIN = Pattern.compile("(?=.)([0-9]{1,6}[hH])?([0-9]{1,6}[mM])?([0-9]{1,6}[sS])?");

    @Override
    public Duration convert(String text) {
        String iso = PLAIN.matcher(text).matches() ? "PT" + text : text;
        try {
            return Duration.parse(iso.toUpperCase(Locale.ROOT));
        } catch (DateTimeException e) {
            throw new TypeConversionException("\"" + text + "\" is no time: write 30m, 1h30m or PT30M");
        }
    }
}
