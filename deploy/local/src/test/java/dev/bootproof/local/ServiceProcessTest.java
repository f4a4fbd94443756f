package dev.bootproof.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceProcessTest {
    private static final LabState STATE = LabState.NONE.withPorts(
            Map.of("broker", 9092, "registry", 5000, "publisher", 8085, "vm-provisioner", 8083, "poller", 8081));

    @TempDir
    Path directory;

    private Map<String, String> environment(Part part, Map<String, String> user) {
        Installation installation = new Installation(directory.resolve("checkout"), directory.resolve("jdk"));
        return new ServiceProcess(new Home(directory.resolve("home")), installation, user).environment(part, STATE);
    }

    private List<String> command(Part part) throws IOException {
        return command(part, Map.of());
    }

    private List<String> command(Part part, Map<String, String> user) throws IOException {
        Installation installation = new Installation(directory.resolve("checkout"), directory.resolve("jdk"));
        Files.createDirectories(installation.application(part));
        Files.createFile(installation.application(part).resolve("quarkus-run.jar"));
        return new ServiceProcess(new Home(directory.resolve("home")), installation, user)
                .process(part, STATE)
                .command();
    }

    @Test
    void aServiceIsToldWhereTheOthersAre() {
        assertThat(environment(Part.POLLER, Map.of()))
                .containsEntry("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:9092")
                .containsEntry("QUARKUS_HTTP_PORT", "8081")
                .containsEntry("BOOTPROOF_REGISTRY", "127.0.0.1:5000")
                .containsEntry("BOOTPROOF_EVIDENCE_REPOSITORY", "127.0.0.1:5000/bootproof/evidence")
                .containsEntry("PUBLISHER_URL", "http://127.0.0.1:8085")
                .containsEntry("BOOTPROOF_CATALOG", directory + "/checkout/deploy/local/catalog.yaml");
    }

    @Test
    void aCatalogInTheHomeComesBeforeTheLabs() throws IOException {
        // Given
        Path own = Files.createDirectories(directory.resolve("home")).resolve("catalog.yaml");
        Files.writeString(own, "streams: []\n");

        // Then
        assertThat(environment(Part.POLLER, Map.of())).containsEntry("BOOTPROOF_CATALOG", own.toString());
    }

    @Test
    void aCollectorIsPassedOnInTheWordsOfTheServices() {
        Map<String, String> user = Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4318");

        assertThat(environment(Part.JANITOR, user))
                .containsEntry("QUARKUS_OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4318");
    }

    @Test
    void whatTheUserSetsForAServiceWinsButForItsPort() {
        Map<String, String> user = Map.of(
                "PUBLISHER_URL", "https://runs.example.org",
                "QUARKUS_HTTP_PORT", "1",
                "JANITOR_GRACE", "1s");

        assertThat(environment(Part.PUBLISHER, user))
                .containsEntry("PUBLISHER_URL", "https://runs.example.org")
                .containsEntry("QUARKUS_HTTP_PORT", "8085")
                .doesNotContainKey("JANITOR_GRACE");
    }

    @Test
    void whatTheUserAsksOfAServicesJvmIsAskedOfNoOther() throws IOException {
        Map<String, String> user = Map.of("JANITOR_JVM_OPTIONS", "-Xmx64m -Dsome=thing");

        assertThat(command(Part.JANITOR, user)).containsSubsequence("-Xmx64m", "-Dsome=thing", "-jar");
        assertThat(command(Part.POLLER, user)).doesNotContain("-Xmx64m");
    }

    @Test
    void onlyTheServiceThatUnpacksImagesIsCompiledToTheFull() throws IOException {
        assertThat(command(Part.POLLER)).contains("-XX:TieredStopAtLevel=1");
        assertThat(command(Part.DISK_BUILDER)).contains("-jar").noneMatch(word -> word.contains("TieredStopAtLevel"));
    }

    @Test
    void anUnbuiltServiceIsSaidWithWhatToDo() {
        Lab lab = Lab.of(
                Map.of("BOOTPROOF_HOME", directory.toString(), "BOOTPROOF_CHECKOUT", directory.toString()),
                Clock.systemUTC());

        assertThatThrownBy(() -> lab.process(Part.POLLER, STATE))
                .isInstanceOf(Trouble.class)
                .hasMessageStartingWith("poller is not built");
    }
}
