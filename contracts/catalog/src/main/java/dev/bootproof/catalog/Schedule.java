package dev.bootproof.catalog;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * When something is due, whether it moved or not: times as cron writes them (minute, hour, day of month, month, day of
 * week), in UTC.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/crontab.5.html">crontab(5)</a>
 */
public final class Schedule {
    private static final CronParser PARSER = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
    private static final Instant ANY = Instant.parse("2026-01-01T00:00:00Z");

    private final List<ExecutionTime> times;

    private Schedule(List<ExecutionTime> times) {
        this.times = List.copyOf(times);
    }

    /**
     * The schedule of these times.
     *
     * @throws IllegalArgumentException with a sentence, when one is no time or never comes
     */
    public static Schedule of(List<String> times) {
        return new Schedule(times.stream().map(Schedule::time).toList());
    }

    private static ExecutionTime time(String text) {
        ExecutionTime time = parse(text);
        if (time.nextExecution(utc(ANY)).isEmpty()) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" never comes: write a day that its month has, as in 0 2 1 * *");
        }
        return time;
    }

    private static ExecutionTime parse(String text) {
        try {
            return ExecutionTime.forCron(PARSER.parse(text).validate());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is no time as cron writes it: write minute, hour, day of month, month and day of"
                            + " week, as in 0 2 * * * for every night at two, UTC (" + e.getMessage() + ")",
                    e);
        }
    }

    /** Whether anything is ever due. */
    public boolean isEmpty() {
        return times.isEmpty();
    }

    /** The last time that has come by now; empty where nothing is ever due. */
    public Optional<Instant> last(Instant now) {
        // The library looks strictly before: a minute that begins right now has come.
        return all(time -> time.lastExecution(utc(now.plusMillis(1)))).max(Comparator.naturalOrder());
    }

    /** The first time after this one; empty where nothing is ever due. */
    public Optional<Instant> next(Instant after) {
        return all(time -> time.nextExecution(utc(after))).min(Comparator.naturalOrder());
    }

    private Stream<Instant> all(Function<ExecutionTime, Optional<ZonedDateTime>> ask) {
        return times.stream().map(ask).flatMap(Optional::stream).map(ZonedDateTime::toInstant);
    }

    private static ZonedDateTime utc(Instant instant) {
        return instant.atZone(ZoneOffset.UTC);
    }
}
