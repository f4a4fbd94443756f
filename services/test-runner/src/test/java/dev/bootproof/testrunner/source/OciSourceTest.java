package dev.bootproof.testrunner.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.github.luben.zstd.Zstd;
import dev.bootproof.events.Digest;
import dev.bootproof.events.Fault;
import dev.bootproof.events.ImageRef;
import dev.bootproof.events.LocalLab;
import dev.bootproof.events.RunId;
import dev.bootproof.registry.Artifact;
import dev.bootproof.registry.Registry;
import dev.bootproof.registry.RegistryOptions;
import dev.bootproof.stage.StageFault;
import dev.bootproof.testing.RegistryProcess;
import dev.bootproof.testrunner.source.FetchedSuites.Fetched;
import dev.bootproof.testrunner.source.oci.OciSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OciSourceTest {
    private static final RunId RUN = new RunId("demo-os-0123456789ab");
    private static final Registry REGISTRY = new Registry(RegistryOptions.defaults());
    private static @Nullable RegistryProcess process;
    private static String address = "";

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() throws IOException {
        RegistryProcess started = RegistryProcess.start(Files.createTempDirectory(Path.of("target"), "suites"));
        process = started;
        address = started.address();
    }

    @AfterAll
    static void stop() {
        REGISTRY.close();
        if (process != null) {
            process.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tar", "tar+gzip", "tar+zstd"})
    void anArchiveIsUnpackedBelowItsDigest(String packing) throws IOException {
        // Given
        byte[] tar = tar(
                entry("./smoke/run", TarConstants.LF_NORMAL, 0755), entry("smoke/a.txt", TarConstants.LF_NORMAL, 0644));
        byte[] layer = switch (packing) {
            case "tar+gzip" -> gzip(tar);
            case "tar+zstd" -> Zstd.compress(tar);
            default -> tar;
        };
        ImageRef pushed = push("packed", "application/vnd.example.suite.v1." + packing, Map.of("suite", layer));

        // When
        Fetched fetched = suites().fetch(RUN, "oci://" + address + "/suites/packed:1#smoke");

        // Then
        assertThat(fetched.origin()).isEqualTo("oci://" + pushed + "#smoke");
        assertThat(fetched.directory().resolve("run")).isExecutable().hasContent("content");
        assertThat(fetched.directory().resolve("a.txt").toFile().canExecute()).isFalse();
    }

    @Test
    void filesWithTitlesAreTheSuiteAndATagThatMovesIsPinned() throws IOException {
        // Given
        String source = "oci://" + address + "/suites/files:1";
        ImageRef first = push("files", "text/plain", Map.of("run", bytes("one"), "data/a.txt", bytes("a")));
        Fetched fetched = suites().fetch(RUN, source);
        push("files", "text/plain", Map.of("run", bytes("two")));

        // When
        Fetched again = suites().fetch(RUN, source);

        // Then
        assertThat(again).isEqualTo(fetched);
        assertThat(again.origin()).isEqualTo("oci://" + first);
        assertThat(again.directory().resolve("run")).isExecutable().hasContent("one");
        assertThat(again.directory().resolve("data/a.txt")).hasContent("a");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "smoke/link | 2 | smoke/link is a link: a suite consists of plain files",
                "smoke/hard | 1 | smoke/hard is a link: a suite consists of plain files",
                "smoke/disk | 4 | smoke/disk is a device: a suite consists of plain files",
                "smoke/pipe | 6 | smoke/pipe is a device: a suite consists of plain files",
                "../../escape | 0 | is no path inside a suite",
                "smoke/../../escape | 0 | is no path inside a suite",
            })
    void anArchiveThatTriesSomethingIsRefused(String path, char type, String why) throws IOException {
        // Given
        push("hostile", "application/vnd.oci.image.layer.v1.tar", Map.of("x", tar(entry(path, (byte) type, 0644))));

        // Then
        assertThatExceptionOfType(StageFault.class)
                .isThrownBy(() -> suites().fetch(RUN, "oci://" + address + "/suites/hostile:1"))
                .satisfies(fault -> assertThat(fault.fault()).isEqualTo(Fault.SUITE_MISSING))
                .withMessageContaining(why);
        assertThat(directory.resolve("escape")).doesNotExist();
        assertThat(directory.resolve("cache")).isEmptyDirectory();
    }

    @Test
    void anArchiveThatUnpacksToMoreThanASuiteIsRefused() throws IOException {
        // Given
        byte[] bomb = Zstd.compress(tar(new Entry("run", TarConstants.LF_NORMAL, 0755, new byte[65 << 20])));
        push("bomb", "application/vnd.oci.image.layer.v1.tar+zstd", Map.of("x", bomb));

        // Then
        assertThatExceptionOfType(StageFault.class)
                .isThrownBy(() -> suites().fetch(RUN, "oci://" + address + "/suites/bomb:1"))
                .withMessageContaining("it has more than 64 MiB");
    }

    @Test
    void anArchiveThatIsNoneAndATitleThatClimbsAreRefused() throws IOException {
        // Given
        push("broken", "application/vnd.oci.image.layer.v1.tar+gzip", Map.of("x", new byte[] {0x1f, (byte) 0x8b, 9, 9, 9
        }));
        push("climbs", "text/plain", Map.of("../run", bytes("x")));

        // Then
        assertThatExceptionOfType(StageFault.class)
                .isThrownBy(() -> suites().fetch(RUN, "oci://" + address + "/suites/broken:1"))
                .withMessageContaining("cannot be unpacked");
        assertThatExceptionOfType(StageFault.class)
                .isThrownBy(() -> suites().fetch(RUN, "oci://" + address + "/suites/climbs:1"))
                .withMessageContaining("is no path inside a suite");
    }

    @Test
    void anArtifactThatIsNotThereDiffersFromARegistryThatDoesNotAnswer() {
        assertThat(fault("oci://" + address + "/suites/none:1")).isEqualTo(Fault.SUITE_MISSING);
        assertThat(fault("oci://" + address + "/suites/none@" + Digest.of("none")))
                .isEqualTo(Fault.SUITE_MISSING);
        assertThat(fault("oci://no host/x")).isEqualTo(Fault.SUITE_MISSING);
        assertThat(fault("oci://127.0.0.1:1/suites/none:1")).isEqualTo(Fault.REGISTRY_UNAVAILABLE);
    }

    private FetchedSuites suites() {
        return new FetchedSuites(
                List.of(new OciSource(REGISTRY)),
                new SuiteCache(directory.resolve("cache"), 1 << 20, Clock.systemUTC()),
                new LocalLab(directory.resolve("home")));
    }

    private Fault fault(String source) {
        try {
            throw new AssertionError(suites().fetch(RUN, source).origin());
        } catch (StageFault e) {
            return e.fault();
        }
    }

    private ImageRef push(String name, String mediaType, Map<String, byte[]> files) throws IOException {
        List<Artifact.File> layers = new ArrayList<>();
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path path = Files.write(Files.createTempFile(directory, "layer", ""), file.getValue());
            layers.add(new Artifact.File(file.getKey(), mediaType, path));
        }
        ImageRef tag = ImageRef.parse(address + "/suites/" + name + ":1");
        return REGISTRY.push(tag, new Artifact("application/vnd.example.suite.v1", layers, Map.of(), null));
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream packed = new GZIPOutputStream(out)) {
            packed.write(bytes);
        }
        return out.toByteArray();
    }

    private static byte[] tar(Entry... entries) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
            for (Entry entry : entries) {
                TarArchiveEntry header = new TarArchiveEntry(entry.path(), entry.type(), true);
                boolean file = entry.type() == TarConstants.LF_NORMAL;
                header.setMode(entry.mode());
                header.setLinkName(file ? "" : "/etc/passwd");
                header.setSize(file ? entry.content().length : 0);
                tar.putArchiveEntry(header);
                tar.write(file ? entry.content() : new byte[0]);
                tar.closeArchiveEntry();
            }
        }
        return out.toByteArray();
    }

    private static Entry entry(String path, byte type, int mode) {
        byte read = type >= '0' ? type : (byte) (type + '0');
        return new Entry(path, read, mode, bytes("content"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Entry(String path, byte type, int mode, byte[] content) {}
}
