package dev.bootproof.janitor.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

class TreeTest {
    private static final int FILES = 200;

    @TempDir
    Path directory;

    /** As the owner of a machine does, who writes down that it has gone. */
    @RepeatedTest(5)
    void whatIsWrittenWhileItIsRemovedGoesToo() throws Exception {
        // Given
        Path tree = Files.createDirectories(directory.resolve("run/p0"));
        for (int n = 0; n < FILES; n++) {
            Files.writeString(tree.resolve("file-" + n), "content");
        }
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> writeOnceTheFirstIsGone(tree));

        // When
        new Tree(directory.resolve("run")).remove();

        // Then
        writer.get(10, TimeUnit.SECONDS);
        assertThat(directory.resolve("run")).doesNotExist();
    }

    private static void writeOnceTheFirstIsGone(Path tree) {
        while (Files.exists(tree.resolve("file-0"))) {
            Thread.onSpinWait();
        }
        try {
            Files.writeString(tree.resolve("state.json"), "gone");
        } catch (NoSuchFileException e) {
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
