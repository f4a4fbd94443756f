package dev.bootproof.diskbuilder;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildLockTest {
    private static final String IDENTITY = "0123456789abcdef0123456789abcdef";

    @TempDir
    Path work;

    @Test
    void whatOneProcessHasNoOtherGets() throws Exception {
        try (BuildLock _ = BuildLock.tryTake(work, IDENTITY).orElseThrow()) {
            assertThat(OtherBuilder.gets(work, IDENTITY)).isFalse();
        }
        assertThat(OtherBuilder.gets(work, IDENTITY)).isTrue();
    }

    @Test
    void anotherAttemptOfTheSameProcessDoesNotLoseTheLock() throws Exception {
        // Given
        try (BuildLock _ = BuildLock.tryTake(work, IDENTITY).orElseThrow()) {
            // When
            var again = BuildLock.tryTake(work, IDENTITY);

            // Then
            assertThat(again).isEmpty();
            assertThat(OtherBuilder.gets(work, IDENTITY)).isFalse();
        }
    }

    @Test
    void whatADeadHolderLeftCanBeTakenAndIsRemoved() throws Exception {
        // Given
        assertThat(OtherBuilder.gets(work, IDENTITY)).isTrue();
        assertThat(Directories.children(work)).hasSize(1);

        // When
        BuildLock.tryTake(work, IDENTITY).orElseThrow().close();

        // Then
        assertThat(Directories.children(work)).isEmpty();
    }
}
