package dev.bootproof.vmprovisioner.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bootproof.events.DerivedKeys;
import dev.bootproof.events.Ed25519Keys;
import dev.bootproof.events.RunId;
import dev.bootproof.events.SshAddress;
import dev.bootproof.vmprovisioner.WayIn.Answer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Duration;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.AuthorizedKeyEntry;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.shell.UnknownCommandFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The door of a real SSH server in this process. */
class SshWayInTest {
    private static final RunId RUN = new RunId("door-0123456789ab");
    private static final RunId OTHER_RUN = new RunId("door-ffffffffffff");
    private static final DerivedKeys KEYS = new DerivedKeys("secret".repeat(6).getBytes(StandardCharsets.UTF_8));
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final SshServer server = SshServer.setUpDefaultServer();
    private final SshWayIn door = new SshWayIn(KEYS);

    @AfterEach
    void stop() throws IOException {
        server.stop(true);
    }

    @Test
    void theRunsKeysOpenIt() throws Exception {
        // Given
        SshAddress address = serve(KEYS.host(RUN), KEYS.user(RUN));
        // When
        Answer answer = door.knock(RUN, address, PATIENCE);
        // Then
        assertThat(answer).isInstanceOf(Answer.LetIn.class);
    }

    @Test
    void anotherHostKeyIsAStrangerWhateverElseItOffers() throws Exception {
        // Given
        SshAddress address = serve(KEYS.host(OTHER_RUN), KEYS.user(RUN));
        // When
        Answer answer = door.knock(RUN, address, PATIENCE);
        // Then
        assertThat(answer).isInstanceOf(Answer.Stranger.class);
    }

    @Test
    void aServerThatDoesNotTakeTheKeyMayTakeItLater() throws Exception {
        // Given
        SshAddress address = serve(KEYS.host(RUN), KEYS.user(OTHER_RUN));
        // When
        Answer answer = door.knock(RUN, address, PATIENCE);
        // Then
        assertThat(answer).isEqualTo(new Answer.NotYet("its SSH server does not take the run's key for root"));
    }

    @Test
    void aConnectionWithoutABannerIsNoAnswer() throws Exception {
        // Given
        try (ServerSocket mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            SshAddress address = new SshAddress("127.0.0.1", mute.getLocalPort(), "root");
            // When
            Answer answer = door.knock(RUN, address, Duration.ofMillis(300));
            // Then
            assertThat(answer).isInstanceOf(Answer.NotYet.class);
        }
    }

    @Test
    void aServerThatTalksForEverBeforeItGreetsIsNoAnswer() throws Exception {
        // Given
        try (ServerSocket chatty = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> talk(chatty));
            SshAddress address = new SshAddress("127.0.0.1", chatty.getLocalPort(), "root");
            // When
            Answer answer = door.knock(RUN, address, Duration.ofMinutes(1));
            // Then
            assertThat(answer)
                    .isInstanceOfSatisfying(
                            Answer.NotYet.class,
                            notYet -> assertThat(notYet.why()).contains("nothing of SSH"));
        }
    }

    private static void talk(ServerSocket server) {
        byte[] words = "login:\r\n".repeat(1000).getBytes(StandardCharsets.UTF_8);
        try (Socket socket = server.accept()) {
            for (int n = 0; n < 100_000; n++) {
                socket.getOutputStream().write(words);
            }
        } catch (IOException e) {
            Thread.currentThread().interrupt();
        }
    }

    private SshAddress serve(Ed25519Keys host, Ed25519Keys user) throws Exception {
        KeyPair shown = SecurityUtils.loadKeyPairIdentities(null, NamedResource.ofName("host"), file(host), null)
                .iterator()
                .next();
        PublicKey taken = AuthorizedKeyEntry.parseAuthorizedKeyEntry(user.publicLine("user"))
                .resolvePublicKey(null, null);
        server.setHost("127.0.0.1");
        server.setKeyPairProvider(KeyPairProvider.wrap(shown));
        server.setPublickeyAuthenticator(
                (name, key, session) -> name.equals("root") && KeyUtils.compareKeys(key, taken));
        server.setCommandFactory(UnknownCommandFactory.INSTANCE);
        server.start();
        return new SshAddress("127.0.0.1", server.getPort(), "root");
    }

    private static InputStream file(Ed25519Keys keys) {
        return new ByteArrayInputStream(keys.privateFile("").getBytes(StandardCharsets.UTF_8));
    }
}
