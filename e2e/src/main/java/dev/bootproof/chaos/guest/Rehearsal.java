package dev.bootproof.chaos.guest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Duration;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.util.security.SecurityUtils;

/** One login and one command in a process alone, from which its JVM learns how a stand-in starts. */
final class Rehearsal {
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private Rehearsal() {}

    static void play() throws IOException, GeneralSecurityException {
        KeyPair host = SecurityUtils.getKeyPairGenerator(SecurityUtils.EDDSA).generateKeyPair();
        KeyPair user = SecurityUtils.getKeyPairGenerator(SecurityUtils.EDDSA).generateKeyPair();
        Door.Shell shell = line -> new ProcessBuilder("/bin/sh", "-c", line).start();
        int port = new Door(0, new GuestKeys(host, user.getPublic()), shell).open();
        try (SshClient client = SshClient.setUpDefaultClient()) {
            client.setServerKeyVerifier((session, address, key) -> true);
            client.start();
            try (ClientSession session =
                    client.connect("root", "127.0.0.1", port).verify(LONGEST).getSession()) {
                session.addPublicKeyIdentity(user);
                session.auth().verify(LONGEST);
                System.out.println(session.executeRemoteCommand("echo rehearsed", null, StandardCharsets.UTF_8)
                        .strip());
            }
        }
    }
}
