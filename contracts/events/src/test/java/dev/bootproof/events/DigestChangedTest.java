package dev.bootproof.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DigestChangedTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "not json                                        | body       | not JSON",
                "                                                | body       | JSON",
                "null                                            | body       | null",
                "[1]                                             | body       | JSON object",
                "{\"plan\":\"demo\"}                             | image      | name the image",
                "{\"image\":\"bluefin\"}                         | image      | registry/repository",
                "{\"image\":\"projectbluefin/bluefin:testing\"}  | image      | names no registry",
                "{\"image\":\"ghcr.io/a/b:x:y\"}                 | image      | not an image reference",
                "{\"image\":\"ghcr.io/a/b\",\"digest\":\"sha\"}  | digest     | not a digest",
                "{\"image\":\"ghcr.io/a/b\",\"trigger\":\"moon\"}| trigger    | push, poll",
                "{\"image\":\"ghcr.io/a/b\",\"generation\":\"x\"}| generation | cannot be read",
                "{\"image\":\"ghcr.io/a/b\"} trailing            | body       | not JSON",
            })
    void badInputNamesTheFieldAndSaysWhatToDo(String body, String field, String advice) {
        // When
        byte[] bytes = body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8);
        MalformedEvent refused =
                catchThrowableOfType(MalformedEvent.class, () -> EventJson.read(bytes, DigestChanged.class));
        // Then
        assertThat(refused.field()).isEqualTo(field);
        assertThat(refused).hasMessageContaining(advice);
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1:5000/demo-os", "localhost/x", "ghcr.io/a/b:c", "[::1]:5000/a/b:c", "quay.io/a.b/c__d:1.0-x"})
    void whatRegistriesTakeIsTaken(String image) {
        assertThat(ImageRef.parse(image).toString()).startsWith(image);
    }
}
