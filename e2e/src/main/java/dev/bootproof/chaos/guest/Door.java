package dev.bootproof.chaos.guest;

import java.io.IOException;
import java.util.List;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.kex.BuiltinDHFactories;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.apache.sshd.common.util.security.eddsa.EdDSASecurityProviderRegistrar;
import org.apache.sshd.server.ServerBuilder;
import org.apache.sshd.server.SshServer;

/** The guest's SSH server: it shows the run's host key and lets in root with the run's key, and nobody else. */
final class Door {
    private final SshServer server = SshServer.setUpDefaultServer();

    /** MINA learns from system properties which library does Ed25519; it finds none by itself. */
    static void prepare() {
        System.setProperty(SecurityUtils.SECURITY_PROVIDER_REGISTRARS, EdDSASecurityProviderRegistrar.class.getName());
        System.setProperty("org.apache.sshd.security.provider.EdDSA.useNamed", "false");
    }

    /**
     * @param port where it is to answer; 0 for any
     * @param keys what it shows, and whom it lets in
     * @param shell what does its commands
     */
    Door(int port, GuestKeys keys, Shell shell) {
        server.setKeyExchangeFactories(NamedFactory.setUpTransformedFactories(
                true, List.of(BuiltinDHFactories.curve25519, BuiltinDHFactories.ecdhp256), ServerBuilder.DH2KEX));
        server.setHost("127.0.0.1");
        server.setPort(port);
        server.setKeyPairProvider(KeyPairProvider.wrap(keys.host()));
        server.setPublickeyAuthenticator(
                (name, key, session) -> name.equals("root") && KeyUtils.compareKeys(key, keys.user()));
        server.setCommandFactory((channel, line) -> new CellCommand(line, shell));
    }

    /** Opens it and says where it is. */
    int open() throws IOException {
        server.start();
        return server.getPort();
    }

    /** Does the commands. */
    @FunctionalInterface
    interface Shell {
        /** Starts this line. */
        Process start(String line) throws IOException;
    }
}
