package dev.bootproof.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bootproof.events.RunId;
import dev.bootproof.events.SshAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the system's own OpenSSH, which must take the key as we write it. */
class SshSessionTest {
    private static final RunId RUN = new RunId("demo-os-latest-0123456789ab");

    @TempDir
    Path directory;

    private SshSession session() {
        Lab lab = Labs.in(directory.resolve("lab"));
        lab.home().prepare();
        Secrets.bytes(lab.home().lab().secret());
        return new SshSession(lab, RUN, new SshAddress("127.0.0.1", 2222, "root"));
    }

    @Test
    void theKeyIsForItsOwnerAloneAndOneThatOpenSshTakes() throws Exception {
        // When
        Path files = session().prepare();

        // Then
        Path key = files.resolve("key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
        assertThat(Program.run(Duration.ofSeconds(10), "ssh-keygen", "-y", "-f", key.toString()))
                .hasValueSatisfying(result -> assertThat(result.output()).startsWith("ssh-ed25519 "));
        assertThat(Files.readString(files.resolve("known_hosts"))).startsWith(RUN + " ssh-ed25519 ");
        SshSession.remove(files);
        assertThat(files).doesNotExist();
    }

    @Test
    void sshBelievesNothingButTheRunsHostKey() {
        // When
        List<String> arguments = session().arguments(directory, List.of("uname", "-a"));

        // Then
        assertThat(arguments)
                .startsWith("ssh", "-F", "none")
                .contains("StrictHostKeyChecking=yes", "IdentitiesOnly=yes", "HostKeyAlias=" + RUN)
                .endsWith("-p", "2222", "-l", "root", "127.0.0.1", "uname", "-a");
    }

    @Test
    void aNumberBeforeTheCommandIsThePhase() {
        assertThat(SshCommand.Wanted.of(List.of("1", "uname"))).isEqualTo(new SshCommand.Wanted(1, List.of("uname")));
        assertThat(SshCommand.Wanted.of(List.of("uname", "1")))
                .isEqualTo(new SshCommand.Wanted(null, List.of("uname", "1")));
        assertThat(SshCommand.Wanted.of(List.of())).isEqualTo(new SshCommand.Wanted(null, List.of()));
    }
}
