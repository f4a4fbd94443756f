package dev.bootproof.testrunner.ssh;

import com.hierynomus.sshj.transport.cipher.BlockCiphers;
import com.hierynomus.sshj.transport.cipher.ChachaPolyCiphers;
import com.hierynomus.sshj.transport.cipher.GcmCiphers;
import dev.bootproof.events.DerivedKeys;
import dev.bootproof.events.Fault;
import dev.bootproof.events.RunId;
import dev.bootproof.events.SshAddress;
import dev.bootproof.stage.StageFault;
import dev.bootproof.testrunner.Guest;
import dev.bootproof.testrunner.GuestUnreachable;
import dev.bootproof.testrunner.Guests;
import dev.bootproof.testrunner.TestRunnerConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import net.schmizz.keepalive.KeepAliveProvider;
import net.schmizz.keepalive.KeepAliveRunner;
import net.schmizz.sshj.DefaultConfig;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.common.Factory;
import net.schmizz.sshj.common.SecurityUtils;
import net.schmizz.sshj.transport.cipher.Cipher;
import net.schmizz.sshj.userauth.keyprovider.KeyPairWrapper;

/**
 * Guests over SSH, with the keys that derive from the run. Ciphers and key exchange are those that are cheap in an
 * emulated guest, where a handshake costs half a second: so one connection serves all commands.
 */
@ApplicationScoped
class SshGuests implements Guests {
    private static final int KEEP_ALIVE_SECONDS = 5;
    private static final int MISSED_AT_MOST = 4;

    private final DerivedKeys keys;
    private final int connectTimeoutMillis;
    private final DefaultConfig config = config();

    @Inject
    SshGuests(DerivedKeys keys, TestRunnerConfig config) {
        this(keys, config.connectTimeout());
    }

    SshGuests(DerivedKeys keys, Duration connectTimeout) {
        this.keys = keys;
        this.connectTimeoutMillis = Math.toIntExact(connectTimeout.toMillis());
    }

    @Override
    public Guest enter(RunId run, SshAddress address) {
        PinnedHostKey pinned = new PinnedHostKey(keys.host(run).pair().getPublic());
        SSHClient client = client(pinned);
        try {
            client.connect(address.host(), address.port());
            client.authPublickey(
                    address.user(), new KeyPairWrapper(keys.user(run).pair()));
            return new SshGuest(client);
        } catch (IOException e) {
            SshGuest.close(client);
            if (pinned.otherShown()) {
                throw new StageFault(Fault.HOST_KEY_CHANGED, address.host() + ":" + address.port());
            }
            throw new GuestUnreachable(
                    address.host() + ":" + address.port() + " cannot be entered: " + e.getMessage(), e);
        }
    }

    private SSHClient client(PinnedHostKey pinned) {
        SSHClient client = new SSHClient(config);
        client.addHostKeyVerifier(pinned);
        client.setSocketFactory(new GuestSockets(Duration.ofMillis(connectTimeoutMillis)));
        client.setConnectTimeout(connectTimeoutMillis);
        client.setTimeout(connectTimeoutMillis);
        client.getTransport().setTimeoutMs(connectTimeoutMillis);
        if (client.getConnection().getKeepAlive() instanceof KeepAliveRunner keepAlive) {
            keepAlive.setKeepAliveInterval(KEEP_ALIVE_SECONDS);
            keepAlive.setMaxAliveCount(MISSED_AT_MOST);
        }
        return client;
    }

    /** The platform has all that is needed; Bouncy Castle would only be slower to start. */
    private static DefaultConfig config() {
        SecurityUtils.setRegisterBouncyCastle(false);
        DefaultConfig config = new DefaultConfig();
        config.setKeepAliveProvider(KeepAliveProvider.KEEP_ALIVE);
        config.setKeyExchangeFactories(config.getKeyExchangeFactories().stream()
                .sorted(Comparator.comparing(exchange -> !exchange.getName().equals("ecdh-sha2-nistp256")))
                .toList());
        config.setCipherFactories(List.<Factory.Named<Cipher>>of(
                GcmCiphers.AES128GCM(),
                GcmCiphers.AES256GCM(),
                ChachaPolyCiphers.CHACHA_POLY_OPENSSH(),
                BlockCiphers.AES128CTR(),
                BlockCiphers.AES256CTR()));
        return config;
    }
}
