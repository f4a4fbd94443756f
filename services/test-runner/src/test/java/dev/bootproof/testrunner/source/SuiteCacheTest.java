package dev.bootproof.testrunner.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuiteCacheTest {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

    @TempDir
    private Path directory;

    @Test
    void whatFailedHalfwayLeavesNothingAndIsTriedAgain() {
        // When
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> get(0, "a", half -> {
                    Files.writeString(half.resolve("run"), "half");
                    throw new IOException("the line was cut");
                }));

        // Then
        assertThat(directory).isEmptyDirectory();
        assertThat(get(0, "a", whole -> Files.writeString(whole.resolve("run"), "whole"))
                        .resolve("run"))
                .hasContent("whole");
    }

    @Test
    void theLongestUnusedGoesWhenThereIsTooMuch() {
        // Given
        Path first = get(0, "a", SuiteCacheTest::large);
        Path second = get(1, "b", SuiteCacheTest::large);
        Path again = get(2, "a", SuiteCacheTest::large);

        // When
        Path third = get(4, "c", SuiteCacheTest::large);

        // Then
        assertThat(again).isEqualTo(first).exists();
        assertThat(second).doesNotExist();
        assertThat(third).exists();
    }

    @Test
    void whatARunMayStillReadStays() {
        // Given
        Path first = get(0, "a", SuiteCacheTest::large);
        Path second = get(0, "b", SuiteCacheTest::large);

        // When
        Path third = get(0, "c", SuiteCacheTest::large);

        // Then
        assertThat(first).exists();
        assertThat(second).exists();
        assertThat(third).exists();
    }

    private Path get(int hours, String path, SuiteCache.Filling filling) {
        Clock clock = Clock.fixed(NOW.plus(Duration.ofHours(hours)), ZoneOffset.UTC);
        return new SuiteCache(directory, 2500, clock).get(new SourceRef("oci", "host/suites:1", "", path), filling);
    }

    private static void large(Path directory) throws IOException {
        Files.write(directory.resolve("run"), new byte[1000]);
    }
}
