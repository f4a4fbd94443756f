package dev.bootproof.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DerivedKeysTest {
    private static final RunId RUN = new RunId("demo-os-latest-0123456789ab");
    private static final RunId OTHER = new RunId("demo-os-latest-ba9876543210");
    private final DerivedKeys keys =
            new DerivedKeys("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8));

    @Test
    void bothSidesComputeTheSameKeysAndNoTwoRunsShareOne() {
        // When
        String user = keys.user(RUN).publicLine("");
        // Then
        assertThat(keys.user(RUN).publicLine("")).isEqualTo(user);
        assertThat(keys.host(RUN).publicLine("")).isNotEqualTo(user);
        assertThat(keys.user(OTHER).publicLine("")).isNotEqualTo(user);
    }

    @Test
    void openSshReadsThePrivateFileAndFindsTheSamePublicKey(@TempDir Path dir)
            throws IOException, InterruptedException {
        // Given
        Path file = Files.createFile(
                dir.resolve("key"), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, keys.host(RUN).privateFile("bootproof"));
        // When
        Process process = new ProcessBuilder("ssh-keygen", "-y", "-f", file.toString())
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        // Then
        assertThat(process.waitFor()).as(printed).isZero();
        assertThat(printed).isEqualTo(keys.host(RUN).publicLine("bootproof"));
    }

    @Test
    void aShortSecretIsRefused() {
        assertThatThrownBy(() -> new DerivedKeys(new byte[16])).hasMessageContaining("32 bytes");
    }
}
