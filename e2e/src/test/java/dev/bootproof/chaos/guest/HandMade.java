package dev.bootproof.chaos.guest;

import dev.bootproof.events.DerivedKeys;
import dev.bootproof.events.EventJson;
import dev.bootproof.events.RunId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.util.security.SecurityUtils;

/** A stand-in that is started as vm-provisioner starts QEMU. */
final class HandMade implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final Path directory;
    private final RunId run = new RunId("hand-made-0123456789ab");
    private final DerivedKeys keys =
            new DerivedKeys("a secret of this test, long enough".getBytes(StandardCharsets.UTF_8));
    private final int port;

    private HandMade(Path directory) throws IOException {
        this.directory = directory;
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            this.port = probe.getLocalPort();
        }
    }

    /** Starts one that plays this, and returns when the program that stands for QEMU has ended. */
    static HandMade start(Path qemu, Path directory, Script script) throws IOException {
        HandMade machine = new HandMade(Files.createDirectories(directory));
        Process program = new ProcessBuilder(machine.arguments(qemu, script))
                .directory(directory.toFile())
                .inheritIO()
                .start();
        int exit = program.onExit()
                .orTimeout(LONGEST.toSeconds(), java.util.concurrent.TimeUnit.SECONDS)
                .join()
                .exitValue();
        if (exit != 0) {
            throw new IOException(
                    "the stand-in ended with " + exit + ": " + Files.readString(directory.resolve("standin.log")));
        }
        return machine;
    }

    private List<String> arguments(Path qemu, Script script) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(qemu.toString(), "-name", "bootproof-" + run + "-p0"));
        arguments.addAll(List.of("-accel", "tcg", "-nodefaults", "-smp", "1", "-m", "64"));
        arguments.addAll(List.of("-chardev", "file,id=console,append=on,path=" + console()));
        arguments.addAll(List.of("-serial", "chardev:console", "-qmp", "unix:qmp.sock,server=on,wait=off"));
        arguments.addAll(List.of("-append", "root=/dev/vda standin.script=" + script.word() + " console=ttyS0"));
        arguments.addAll(List.of("-smbios", "type=11,path=" + credential("ssh.authorized_keys.root", authorized())));
        arguments.addAll(List.of("-smbios", "type=11,path=" + credential("tmpfiles.extra", hostKey())));
        arguments.addAll(List.of("-netdev", "user,id=net,restrict=on,hostfwd=tcp:127.0.0.1:" + port + "-:22"));
        arguments.addAll(
                List.of("-daemonize", "-pidfile", directory.resolve("qemu.pid").toString()));
        return arguments;
    }

    private String authorized() {
        return keys.user(run).publicLine("bootproof") + "\n";
    }

    private String hostKey() {
        byte[] file = keys.host(run).privateFile(run.value()).getBytes(StandardCharsets.UTF_8);
        return "f+~ /etc/ssh/ssh_host_ed25519_key 0600 root root - "
                + Base64.getEncoder().encodeToString(file) + "\n";
    }

    private Path credential(String name, String content) throws IOException {
        String coded = Base64.getEncoder().encodeToString(content.getBytes(StandardCharsets.UTF_8));
        return Files.writeString(
                directory.resolve("credential-" + name), "io.systemd.credential.binary:" + name + "=" + coded);
    }

    RunId run() {
        return run;
    }

    private Path console() {
        return directory.resolve("console.log");
    }

    String consoleText() {
        try {
            return Files.readString(console());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    long pid() throws IOException {
        return Long.parseLong(Files.readString(directory.resolve("qemu.pid")).strip());
    }

    boolean runs() throws IOException {
        return ProcessHandle.of(pid()).isPresent();
    }

    /** What a command says, from the inside. */
    String says(String command) throws IOException, GeneralSecurityException {
        byte[] file = keys.user(run).privateFile("test").getBytes(StandardCharsets.US_ASCII);
        Door.prepare();
        try (SshClient client = SshClient.setUpDefaultClient()) {
            client.setServerKeyVerifier((session, address, key) -> true);
            client.start();
            try (ClientSession session =
                    client.connect("root", "127.0.0.1", port).verify(LONGEST).getSession()) {
                session.addPublicKeyIdentity(SecurityUtils.loadKeyPairIdentities(
                                null, () -> "test", new ByteArrayInputStream(file), FilePasswordProvider.EMPTY)
                        .iterator()
                        .next());
                session.auth().verify(LONGEST);
                return session.executeRemoteCommand(command, System.err, StandardCharsets.UTF_8);
            }
        }
    }

    /** What QEMU's control socket answers. */
    String asked(String command) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(directory.resolve("qmp.sock")))) {
            var lines = new java.io.BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
            String greeting = lines.readLine();
            channel.write(ByteBuffer.wrap(EventJson.write(Map.of("execute", "qmp_capabilities", "id", 1))));
            String agreed = lines.readLine();
            channel.write(ByteBuffer.wrap(EventJson.write(Map.of("execute", command, "id", 2))));
            return greeting + "\n" + agreed + "\n" + lines.readLine();
        }
    }

    @Override
    public void close() throws IOException {
        ProcessHandle.of(pid()).ifPresent(process -> {
            process.destroyForcibly();
            process.onExit().join();
        });
    }
}
