package dev.bootproof.testrunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.bootproof.events.DerivedKeys;
import dev.bootproof.events.Digest;
import dev.bootproof.events.Fault;
import dev.bootproof.events.ImageRef;
import dev.bootproof.events.RunId;
import dev.bootproof.events.SshAddress;
import dev.bootproof.stage.StageFault;
import dev.bootproof.testrunner.Suite.SuiteFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BesideTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final RunId RUN = new RunId("demo-os-0123456789ab");

    @TempDir
    private Path directory;

    @Test
    void aSuiteIsFoundAgainByARunnerThatDidNotStartItAndRunsOnce() throws IOException {
        // Given
        Suite suite = suite("echo ran >> ../count; while [ ! -e ../go ]; do sleep 0.1; done; echo well; exit 0");
        beside().start(suite, MINUTE, context());

        // When
        Beside other = beside();
        other.start(suite, MINUTE, context());
        Files.createFile(at("go"));
        SuiteEnd end = other.await("outside", MINUTE);

        // Then
        assertThat(end.unit()).isEqualTo("success");
        assertThat(end.exit()).isZero();
        assertThat(end.source()).isEqualTo(suite.source());
        assertThat(Files.readAllLines(at("count"))).containsExactly("ran");
        assertThat(other.results("outside").get("output.txt"))
                .extracting(Content::text)
                .isEqualTo("well\n");
    }

    @Test
    void aSuiteThatDoesNotEndInItsTimeIsEnded() throws IOException {
        // Given
        Beside beside = beside();
        beside.start(suite("echo begun; sleep 60"), Duration.ofSeconds(1), context());

        // When
        SuiteEnd end = beside.await("outside", Duration.ofSeconds(1));

        // Then
        assertThat(end.unit()).isEqualTo("timeout");
        assertThat(end.exit()).isNull();
        assertThat(beside.results("outside").get("output.txt"))
                .extracting(Content::text)
                .isEqualTo("begun\n");
    }

    @Test
    void aSuiteSeesNothingOfTheRunnersOwnEnvironment() throws IOException {
        // Given
        Beside beside = beside();
        beside.start(suite("env | cut -d= -f1 | sort > \"$BOOTPROOF_RESULTS/names.txt\""), MINUTE, context());

        // When
        beside.await("outside", MINUTE);

        // Then
        assertThat(Objects.requireNonNull(beside.results("outside").get("names.txt"))
                        .text()
                        .lines())
                .contains("BOOTPROOF_SSH_CONFIG", "BOOTPROOF_MACHINE", "PATH")
                .allMatch(name -> name.startsWith("BOOTPROOF_")
                        || List.of("PATH", "HOME", "LANG", "PWD", "OLDPWD", "SHLVL", "_")
                                .contains(name));
    }

    @Test
    void theWayInIsReadByNobodyElseAndTakenAwayInTheEnd() throws IOException {
        // Given
        Beside beside = beside();
        beside.start(suite("true"), MINUTE, context());
        Path key = directory.resolve("ssh/key");

        // When
        var permissions = Files.getPosixFilePermissions(key);
        var around = Files.getPosixFilePermissions(key.getParent());
        beside.await("outside", MINUTE);
        beside.forget();

        // Then
        assertThat(PosixFilePermissions.toString(permissions)).isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(around)).isEqualTo("rwx------");
        assertThat(key.getParent()).doesNotExist();
    }

    @Test
    void featuresNeedBehaveOnThisHost() {
        // Given
        Path empty = directory.resolve("none");
        Suite features = new Suite("outside", Digest.of("x"), List.of());
        Beside beside =
                new Beside(directory.resolve("beside"), ssh(), URI.create("http://127.0.0.1:1/m"), empty.toString());

        // Then
        assertThatExceptionOfType(StageFault.class)
                .isThrownBy(() -> beside.start(features, MINUTE, context()))
                .withMessageContaining("apt-get install python3-behave")
                .satisfies(thrown -> assertThat(thrown.fault()).isEqualTo(Fault.TOOL_MISSING));
    }

    private Beside beside() {
        String path = Map.copyOf(System.getenv()).getOrDefault("PATH", "/usr/bin:/bin");
        return new Beside(directory.resolve("beside"), ssh(), URI.create("http://127.0.0.1:1/m"), path);
    }

    private SshFiles ssh() {
        DerivedKeys keys = new DerivedKeys(new byte[32]);
        SshAddress address = new SshAddress("127.0.0.1", 22, "root");
        return new SshFiles(keys.user(RUN), keys.host(RUN), address, directory.resolve("ssh"));
    }

    private Path at(String name) {
        return directory.resolve("beside/outside").resolve(name);
    }

    private Suite suite(String line) throws IOException {
        Path file = Files.writeString(directory.resolve("run"), "#!/bin/sh\n" + line + "\n");
        return new Suite("outside", Digest.of(line), List.of(new SuiteFile("run", true, file)));
    }

    private static SuiteContext context() {
        Digest digest = Digest.of("image");
        ImageRef image = ImageRef.parse("registry.example.org/demo-os:latest");
        return new SuiteContext(
                RUN, image, digest, digest, "disk", "plan", 0, "phase", List.of(), List.of(), Instant.EPOCH);
    }
}
