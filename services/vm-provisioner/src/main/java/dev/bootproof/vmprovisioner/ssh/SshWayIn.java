package dev.bootproof.vmprovisioner.ssh;

import dev.bootproof.events.DerivedKeys;
import dev.bootproof.events.RunId;
import dev.bootproof.events.SshAddress;
import dev.bootproof.vmprovisioner.WayIn;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.schmizz.sshj.DefaultConfig;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.connection.channel.direct.Session;
import net.schmizz.sshj.userauth.UserAuthException;

/**
 * Logs in as the lab does: with the run's key, and only where the run's host key answers, from the first byte.
 *
 * <p>Failure: nothing remains; a guest sees one connection that ended.
 */
@Singleton
class SshWayIn implements WayIn {
    /** The units under which distributions start their SSH server. */
    private static final String ENABLED =
            "systemctl is-enabled ssh.service sshd.service ssh.socket sshd.socket 2>/dev/null";

    /** Not "enabled-runtime": that is what the lab's wish on the kernel command line looks like. */
    private static final List<String> BY_THE_IMAGE = List.of("enabled", "static", "generated");

    private static final Duration TO_ANSWER = Duration.ofSeconds(20);
    private static final int MOST = 4096;

    private final DerivedKeys keys;
    private final DefaultConfig config = config();

    SshWayIn(DerivedKeys keys) {
        this.keys = keys;
    }

    @Override
    public Answer knock(RunId run, SshAddress address, Duration patience) {
        HostKey pinned = new HostKey(keys.host(run).publicLine(""));
        try (SSHClient client = new SSHClient(config)) {
            client.addHostKeyVerifier(pinned);
            client.setSocketFactory(new GuestSockets(patience));
            client.setConnectTimeout((int) patience.toMillis());
            client.setTimeout((int) patience.toMillis());
            client.connect(address.host(), address.port());
            client.authPublickey(address.user(), client.loadKeys(keys.user(run).privateFile(run.value()), null, null));
            return new Answer.LetIn(how(client));
        } catch (UserAuthException e) {
            return new Answer.NotYet("its SSH server does not take the run's key for " + address.user());
        } catch (IOException e) {
            return pinned.refused()
                    ? new Answer.Stranger("its SSH server shows " + pinned.shown())
                    : new Answer.NotYet("no SSH server answers: " + e.getMessage());
        }
    }

    /** The key exchange that is cheapest for an emulated guest comes first: 80 of 270 ms of a login. */
    private static DefaultConfig config() {
        DefaultConfig config = new DefaultConfig();
        config.setKeyAlgorithms(config.getKeyAlgorithms().stream()
                .filter(algorithm -> algorithm.getName().equals("ssh-ed25519"))
                .toList());
        config.setKeyExchangeFactories(config.getKeyExchangeFactories().stream()
                .sorted(Comparator.comparing(exchange -> !exchange.getName().equals("ecdh-sha2-nistp256")))
                .toList());
        return config;
    }

    private static String how(SSHClient client) throws IOException {
        try (Session session = client.startSession();
                Session.Command command = session.exec(ENABLED)) {
            command.join(TO_ANSWER.toMillis(), TimeUnit.MILLISECONDS);
            String units = new String(command.getInputStream().readNBytes(MOST), StandardCharsets.UTF_8);
            boolean byTheImage = units.lines().map(String::strip).anyMatch(BY_THE_IMAGE::contains);
            return byTheImage ? "sshd enabled by the image" : "sshd started by the lab";
        }
    }
}
