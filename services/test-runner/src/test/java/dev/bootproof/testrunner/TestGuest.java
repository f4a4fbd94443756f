package dev.bootproof.testrunner;

import dev.bootproof.events.DerivedKeys;
import dev.bootproof.events.Ed25519Keys;
import dev.bootproof.events.RunId;
import dev.bootproof.events.SshAddress;
import dev.bootproof.testrunner.tar.Tar;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.apache.sshd.common.util.security.eddsa.EdDSASecurityProviderRegistrar;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.AbstractCommandSupport;
import org.apache.sshd.server.command.Command;

/** A real SSH server with the keys of a run, that answers commands as it was told to. */
public final class TestGuest implements AutoCloseable {
    static {
        String registrars = EdDSASecurityProviderRegistrar.class.getName();
        System.setProperty(SecurityUtils.SECURITY_PROVIDER_REGISTRARS, registrars);
        // Not for the whole process, whose other class loaders have an EdDSA of their own.
        System.setProperty("org.apache.sshd.security.provider.EdDSA.useNamed", "false");
    }

    private final SshServer server = SshServer.setUpDefaultServer();
    private final Map<String, Reply> replies = new ConcurrentHashMap<>();
    private volatile Shell shell = (line, in, out) -> 127;
    private final List<String> asked = new CopyOnWriteArrayList<>();

    public TestGuest(DerivedKeys keys, RunId run) {
        KeyPair user = load(keys.user(run));
        server.setHost("127.0.0.1");
        server.setKeyPairProvider(KeyPairProvider.wrap(load(keys.host(run))));
        server.setPublickeyAuthenticator(
                (name, key, session) -> name.equals("root") && KeyUtils.compareKeys(key, user.getPublic()));
        server.setCommandFactory(this::command);
        try {
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a command does when its line contains these words. */
    public void on(String words, Reply reply) {
        replies.put(words, reply);
    }

    /** What is done with every line that has no reply of its own. */
    public void hasShell(Shell everything) {
        shell = everything;
    }

    /** The lines it was given. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    public SshAddress address() {
        return new SshAddress("127.0.0.1", server.getPort(), "root");
    }

    /** Breaks every connection. */
    public void breakConnections() {
        server.getActiveSessions().forEach(session -> session.close(true));
    }

    @Override
    public void close() {
        try {
            server.stop(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What every command does. */
    @FunctionalInterface
    public interface Shell {
        int run(String line, InputStream in, OutputStream out) throws IOException;
    }

    /** What a command does. */
    public interface Reply {
        int to(InputStream in, OutputStream out) throws IOException;

        /** It reads all, says this and ends well. */
        static Reply text(String text) {
            return (in, out) -> {
                in.readAllBytes();
                out.write(text.getBytes(StandardCharsets.UTF_8));
                return 0;
            };
        }

        /** It sends these files. */
        static Reply files(Map<String, String> files) {
            return (in, out) -> {
                ByteArrayOutputStream archive = new ByteArrayOutputStream();
                try (Tar tar = new Tar(archive)) {
                    for (Map.Entry<String, String> file : files.entrySet()) {
                        tar.add(file.getKey(), file.getValue().getBytes(StandardCharsets.UTF_8));
                    }
                }
                out.write(archive.toByteArray());
                return 0;
            };
        }
    }

    private static KeyPair load(Ed25519Keys keys) {
        byte[] file = keys.privateFile("test").getBytes(StandardCharsets.US_ASCII);
        try {
            return SecurityUtils.loadKeyPairIdentities(
                            null, () -> "test", new ByteArrayInputStream(file), FilePasswordProvider.EMPTY)
                    .iterator()
                    .next();
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private Command command(ChannelSession channel, String line) {
        asked.add(line);
        Reply reply = replies.entrySet().stream()
                .filter(entry -> line.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse((in, out) -> shell.run(line, in, out));
        return new AbstractCommandSupport(line, null) {
            @Override
            public void run() {
                try {
                    int exit = reply.to(Objects.requireNonNull(getInputStream()), getOutputStream());
                    getOutputStream().flush();
                    onExit(exit);
                } catch (IOException e) {
                    onExit(1, e.toString());
                }
            }
        };
    }
}
