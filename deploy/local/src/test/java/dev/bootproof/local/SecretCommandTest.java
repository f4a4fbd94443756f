package dev.bootproof.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretCommandTest {
    @TempDir
    Path directory;

    private final InputStream before = System.in;
    private final Screen out = new Screen();

    private int secret(String input, String... arguments) {
        System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        String[] all = new String[arguments.length + 1];
        all[0] = "secret";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return Bootproof.run(Labs.in(directory.resolve("lab")), out.terminal(), out.stream(), all);
    }

    @AfterEach
    void giveBack() {
        System.setIn(before);
    }

    @Test
    void aSecretIsForItsOwnerAloneAndListedByNameOnly() throws Exception {
        // When
        int set = secret("s3cret\n", "set", "github");
        int list = secret("", "list");

        // Then
        Path file = directory.resolve("lab/secrets/github");
        assertThat(set + list).isZero();
        assertThat(file).hasContent("s3cret");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                .isEqualTo("rwx------");
        assertThat(out.lines()).contains("github");
        assertThat(out.text()).doesNotContain("s3cret");
    }

    @Test
    void nothingIsKeptWhereNothingCameIn() {
        assertThat(secret("\n", "set", "github")).isEqualTo(2);
        assertThat(out.text()).contains("nothing came in");
        assertThat(directory.resolve("lab/secrets/github")).doesNotExist();
    }

    @Test
    void aNameThatLeadsElsewhereIsRefused() {
        assertThat(secret("x\n", "set", "../lab")).isEqualTo(2);
        assertThat(out.text()).contains("is no name for a secret");
    }

    @Test
    void aSecretIsForgotten() {
        secret("x\n", "set", "github");

        assertThat(secret("", "remove", "github")).isZero();
        assertThat(secret("", "remove", "github")).isEqualTo(2);
    }
}
