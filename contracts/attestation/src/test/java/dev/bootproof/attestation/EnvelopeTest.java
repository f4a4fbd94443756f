package dev.bootproof.attestation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bootproof.events.Digest;
import dev.bootproof.events.MalformedEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvelopeTest {
    private static final Digest DIGEST = Digest.of("an image");

    @TempDir
    private Path home;

    private final Statement statement = Verdicts.passed(DIGEST, "os-testing-000000000001", Verdicts.MORNING, "smoke");

    private String openssl(String... arguments) throws IOException, InterruptedException {
        List<String> command =
                Stream.concat(Stream.of("openssl"), Arrays.stream(arguments)).toList();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() + " " + said.strip();
    }

    @Test
    void opensslVerifiesWhatWeSigned() throws Exception {
        // Given
        Path file = home.resolve("attestation.key");
        Envelope envelope = Envelope.sign(statement, SigningKey.at(file));
        Path signed = Files.write(home.resolve("signed"), envelope.signedBytes());
        Path signature = Files.write(
                home.resolve("signature"), envelope.signatures().getFirst().sig());
        Path pub = SigningKey.publicFile(file);

        // When
        String good = openssl(
                "dgst", "-sha256", "-verify", pub.toString(), "-signature", signature.toString(), signed.toString());
        Files.writeString(signed, "!", StandardOpenOption.APPEND);
        String bad = openssl(
                "dgst", "-sha256", "-verify", pub.toString(), "-signature", signature.toString(), signed.toString());

        // Then
        assertThat(good).isEqualTo("0 Verified OK");
        assertThat(bad).startsWith("1 Verification failure");
        assertThat(openssl("pkey", "-in", file.toString(), "-pubout"))
                .isEqualTo("0 " + Files.readString(pub).strip());
    }

    @Test
    void theBytesSignedAreThoseOfTheSpecification() {
        // Given
        var envelope = new Envelope(
                "hello world".getBytes(StandardCharsets.UTF_8), "http://example.com/HelloWorld", List.of());

        // When
        byte[] signed = envelope.signedBytes();

        // Then: the test vector of protocol.md
        assertThat(signed).asString().isEqualTo("DSSEv1 29 http://example.com/HelloWorld 11 hello world");
    }

    @Test
    void anEnvelopeAndABundleAreReadBackAsTheyWere() {
        // Given
        SigningKey key = SigningKey.at(home.resolve("attestation.key"));
        Envelope envelope = Envelope.sign(statement, key);

        // When
        Envelope bundled = Bundle.envelope(Bundle.json(envelope, key.publicKey().hint()));

        // Then
        assertThat(Envelope.read(envelope.json())).isEqualTo(envelope).isEqualTo(bundled);
        assertThat(Statement.read(envelope.payload())).isEqualTo(statement);
        assertThat(key.publicKey().signed(bundled)).isTrue();
    }

    @Test
    void oneKeyIsMadeHoweverManyAskAtOnce() throws Exception {
        // Given
        Path file = home.resolve("lab/attestation.key");
        Callable<String> ask = () -> SigningKey.at(file).publicKey().id();

        // When
        Set<String> ids;
        try (var threads = Executors.newFixedThreadPool(8)) {
            List<Future<String>> asked =
                    threads.invokeAll(IntStream.range(0, 8).mapToObj(n -> ask).toList());
            ids = asked.stream().map(Future::resultNow).collect(Collectors.toSet());
        }

        // Then
        assertThat(ids).hasSize(1).allSatisfy(id -> assertThat(id).matches("SHA256:[A-Za-z0-9+/]{43}"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void theKeyIdIsWhatOpenSshPrints() throws Exception {
        // Given
        Path file = home.resolve("attestation.key");
        TrustedKey key = SigningKey.at(file).publicKey();

        // When
        Process process = new ProcessBuilder(
                        "sh",
                        "-c",
                        "ssh-keygen -i -m PKCS8 -f \"$0\" | ssh-keygen -lf -",
                        SigningKey.publicFile(file).toString())
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        // Then
        assertThat(said).contains(" " + key.id() + " ");
    }

    @Test
    void aKeyThatCannotBeUsedIsSaidInASentence() throws Exception {
        // Given
        Path file = home.resolve("attestation.key");
        SigningKey first = SigningKey.at(file);
        Path pub = SigningKey.publicFile(file);
        Path other = home.resolve("other.key");
        SigningKey second = SigningKey.at(other);

        // When
        Files.writeString(pub, second.publicKey().pem());

        // Then
        assertThatThrownBy(() -> SigningKey.at(file))
                .isInstanceOf(MalformedEvent.class)
                .hasMessageContaining("is not the public half");
        Files.delete(pub);
        assertThatThrownBy(() -> SigningKey.at(file)).hasMessageContaining("openssl pkey -in");
        Files.writeString(pub, first.publicKey().pem());
        Files.writeString(file, "garbage");
        assertThatThrownBy(() -> SigningKey.at(file)).hasMessageContaining("PRIVATE KEY");
        assertThatThrownBy(() -> TrustedKey.read(home.resolve("none.pub")))
                .hasMessageContaining("none.pub cannot be read");
        assertThatThrownBy(() -> TrustedKey.parse("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----"))
                .hasMessageContaining("no public EC key");
    }
}
