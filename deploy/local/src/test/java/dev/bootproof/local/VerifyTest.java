package dev.bootproof.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bootproof.attestation.SigningKey;
import dev.bootproof.events.Digest;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyTest {
    @TempDir
    private Path home;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    private int verify(String... arguments) {
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        Lab lab = Lab.of(Map.of("BOOTPROOF_HOME", home.toString()), Clock.systemUTC());
        return Bootproof.run(lab, new Terminal(out, false, false), out, arguments);
    }

    @Test
    void aRegistryThatIsAwaySaysNothingAboutTheImage() {
        // Given
        SigningKey.at(home.resolve("attestation.key"));
        String image = "127.0.0.1:1/lab/os@" + Digest.of("os");

        // When
        int exit = verify("verify", image, "--suite", "smoke", "--output", "json");

        // Then
        assertThat(exit).isEqualTo(3);
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("\"open\" : false", "the registry cannot be asked");
    }

    @Test
    void withoutAKeyItSaysWhichToName() {
        // Given
        String image = "127.0.0.1:1/lab/os@" + Digest.of("os");

        // When
        int exit = verify("verify", image);

        // Then
        assertThat(exit).isEqualTo(2);
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("this lab has no key yet", "--key FILE");
        assertThat(verify("verify", "os:latest", "--key", "none.pub")).isEqualTo(2);
    }
}
