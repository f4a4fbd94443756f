package dev.bootproof.testrunner.tar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bootproof.testrunner.Content;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;

class TarTest {
    private final ByteArrayOutputStream archive = new ByteArrayOutputStream();

    @Test
    void whatIsWrittenIsRead() throws IOException {
        // Given
        try (Tar tar = new Tar(archive)) {
            tar.add("junit/TESTS-a.xml", "<testsuite/>".getBytes(StandardCharsets.UTF_8));
        }

        // When
        Map<String, Content> files = Tar.read(Content.of(archive.toByteArray()), 1000);

        // Then
        assertThat(files).containsOnlyKeys("junit/TESTS-a.xml");
        assertThat(files.values()).extracting(Content::text).containsExactly("<testsuite/>");
    }

    @Test
    void aFileBeyondTheLimitIsCutAndSaysSo() throws IOException {
        // Given
        try (Tar tar = new Tar(archive)) {
            tar.add("a", new byte[100]);
            tar.add("b", new byte[10]);
        }

        // When
        Map<String, Content> files = Tar.read(Content.of(archive.toByteArray()), 10);

        // Then
        assertThat(files.values()).extracting(Content::cut).containsExactly(true, false);
        assertThat(files.values()).allMatch(content -> content.bytes().length == 10);
    }

    @Test
    void linksDevicesAndOddNamesOfAGuestArePassedOver() throws IOException {
        // Given
        try (TarArchiveOutputStream out = new TarArchiveOutputStream(archive)) {
            put(out, new TarArchiveEntry("shadow", TarConstants.LF_SYMLINK));
            put(out, new TarArchiveEntry("hard", TarConstants.LF_LINK));
            put(out, new TarArchiveEntry("null", TarConstants.LF_CHR));
            put(out, new TarArchiveEntry("../../escape"));
            put(out, new TarArchiveEntry("/etc/passwd", true));
            put(out, new TarArchiveEntry("deep/er/still"));
            put(out, new TarArchiveEntry("./good"));
        }

        // When
        Map<String, Content> files = Tar.read(Content.of(archive.toByteArray()), 10);

        // Then
        assertThat(files).containsOnlyKeys("good");
    }

    private static void put(TarArchiveOutputStream out, TarArchiveEntry entry) throws IOException {
        out.putArchiveEntry(entry);
        out.closeArchiveEntry();
    }
}
