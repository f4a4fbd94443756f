package dev.bootproof.testrunner.tar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.bootproof.testrunner.Content;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @Test
    void whereTheArchiveWasCutSoIsTheFileInWhichItEnds() throws IOException {
        // Given
        try (Tar tar = new Tar(archive)) {
            tar.add("a", new byte[10]);
            tar.add("junit.xml", new byte[200_000]);
            tar.add("z", new byte[10]);
        }
        Content cut = Content.read(new ByteArrayInputStream(archive.toByteArray()), 100_000);

        // When
        Map<String, Content> files = Tar.read(cut, 1_000_000);

        // Then
        assertThat(files).containsOnlyKeys("a", "junit.xml", Tar.LEFT_OUT);
        assertThat(files.values()).extracting(Content::cut).containsExactly(false, true, false);
        assertThat(files.values())
                .extracting(Content::size)
                .element(1)
                .satisfies(size -> assertThat(size).isBetween(90_000, 99_000));
    }

    @Test
    void moreResultsThanAreTakenAreNamedAndOtherFilesPassedOver() throws IOException {
        // Given
        try (Tar tar = new Tar(archive)) {
            for (int n = 100; n < 100 + Tar.MOST_FILES; n++) {
                tar.add(n + ".txt", new byte[1]);
            }
            tar.add("late.txt", new byte[1]);
            tar.add("junit/late.xml", new byte[1]);
        }

        // When
        Map<String, Content> files = Tar.read(Content.of(archive.toByteArray()), 10);

        // Then
        assertThat(files).hasSize(Tar.MOST_FILES + 1).doesNotContainKeys("late.txt", "junit/late.xml");
        assertThat(files.values())
                .extracting(Content::text)
                .contains("there are more than 200 files: junit/late.xml\n");
    }

    /** As GNU tar writes them (its manual, "Storing Sparse Files"): gigabytes in a few bytes. */
    @ParameterizedTest
    @ValueSource(strings = {"old", "pax"})
    void aSparseFileEndsTheArchive(String format) throws IOException {
        // Given
        try (TarArchiveOutputStream out = new TarArchiveOutputStream(archive)) {
            put(out, new TarArchiveEntry("before"));
            if (format.equals("pax")) {
                byte[] said = paxRecords("GNU.sparse.size=" + Integer.MAX_VALUE, "GNU.sparse.map=2147483646,0");
                TarArchiveEntry header =
                        new TarArchiveEntry("PaxHeaders/sparse", TarConstants.LF_PAX_EXTENDED_HEADER_LC);
                header.setSize(said.length);
                out.putArchiveEntry(header);
                out.write(said);
                out.closeArchiveEntry();
                put(out, new TarArchiveEntry("sparse"));
            } else {
                out.flush();
                archive.write(oldSparse());
            }
            put(out, new TarArchiveEntry("later"));
        }

        // When
        Map<String, Content> files = assertTimeoutPreemptively(
                Duration.ofSeconds(30), () -> Tar.read(Content.of(archive.toByteArray()), 1000));

        // Then
        assertThat(files).containsOnlyKeys("before", Tar.LEFT_OUT);
    }

    private static byte[] paxRecords(String... records) {
        StringBuilder all = new StringBuilder();
        for (String said : records) {
            int length = said.length() + 4;
            all.append(length + (length > 99 ? 1 : 0)).append(' ').append(said).append('\n');
        }
        return all.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] oldSparse() {
        byte[] header = new byte[512];
        TarArchiveEntry entry = new TarArchiveEntry("sparse", (byte) 'S');
        entry.writeEntryHeader(header);
        byte[] magic = "ustar  \0".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(magic, 0, header, 257, magic.length);
        byte[] largest = "77777777777\0".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(largest, 0, header, 386, largest.length);
        System.arraycopy("00000000000\0".getBytes(StandardCharsets.US_ASCII), 0, header, 398, 12);
        System.arraycopy(largest, 0, header, 483, largest.length);
        java.util.Arrays.fill(header, 148, 156, (byte) ' ');
        int sum = 0;
        for (byte part : header) {
            sum += part & 0xff;
        }
        byte[] told = String.format(java.util.Locale.ROOT, "%06o\0 ", sum).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(told, 0, header, 148, 8);
        return header;
    }

    /** Whatever a guest sends, nothing but an IOException comes of it. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void noiseIsNoArchive(long seed) throws IOException {
        // Given
        try (Tar tar = new Tar(archive)) {
            tar.add("a".repeat(99) + "/" + "b".repeat(90), new byte[3000]);
            tar.add("junit.xml", "<testsuite/>".repeat(100).getBytes(StandardCharsets.UTF_8));
        }
        Random random = new Random(seed);
        List<Throwable> thrown = new ArrayList<>();

        // When
        for (int n = 0; n < 300; n++) {
            byte[] noisy = archive.toByteArray();
            for (int flips = 0; flips < 1 + n % 40; flips++) {
                noisy[random.nextInt(noisy.length / (1 + n % 5))] = (byte) random.nextInt();
            }
            Throwable fault = catchThrowable(() -> Tar.read(Content.of(noisy), 1000));
            if (fault != null) {
                thrown.add(fault);
            }
        }

        // Then
        assertThat(thrown).isNotEmpty().allSatisfy(fault -> assertThat(fault).isInstanceOf(IOException.class));
    }

    private static void put(TarArchiveOutputStream out, TarArchiveEntry entry) throws IOException {
        out.putArchiveEntry(entry);
        out.closeArchiveEntry();
    }
}
