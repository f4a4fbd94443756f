package dev.bootproof.poller.hook;

import dev.bootproof.events.LocalLab;
import dev.bootproof.poller.PollerConfig;
import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Who may send notifications: whoever shows the receiver's secret, and where none is kept only this machine. Secrets are
 * read anew each time, and compared in a time that says nothing about how much of one is right.
 */
@ApplicationScoped
class Gate {
    private static final String HMAC = "HmacSHA256";

    private final LocalLab lab;
    private final Optional<Path> distribution;

    Gate(LocalLab lab, PollerConfig config) {
        this.lab = lab;
        this.distribution = config.hooksSecretFile();
    }

    /** Whether a delivery may come in. */
    enum Answer {
        /** It may. */
        OPEN,
        /** It shows no secret, or another. */
        WRONG_SECRET,
        /** There is no secret that it could show. */
        OFF
    }

    /** Where the secret of this receiver is kept. */
    Path file(Receiver receiver) {
        Path usual = lab.secret("hook-" + receiver.word());
        return receiver == Receiver.DISTRIBUTION ? distribution.orElse(usual) : usual;
    }

    Answer ask(Receiver receiver, Map<String, String> headers, byte[] body, String peer) {
        Path file = file(receiver);
        if (!Files.exists(file)) {
            boolean wished = receiver == Receiver.DISTRIBUTION && distribution.isPresent();
            return !wished && fromThisMachine(peer, headers) ? Answer.OPEN : Answer.OFF;
        }
        byte[] secret = secret(file);
        boolean right = secret.length > 0
                && switch (receiver) {
                    case GITHUB -> signed(secret, body, headers.getOrDefault("x-hub-signature-256", ""));
                    case DISTRIBUTION, ZOT, QUAY, HARBOR -> shown(secret, headers.getOrDefault("authorization", ""));
                };
        return right ? Answer.OPEN : Answer.WRONG_SECRET;
    }

    /** What came through a proxy is not from this machine, even where the proxy is. */
    private static boolean fromThisMachine(String peer, Map<String, String> headers) {
        return InetAddress.ofLiteral(peer).isLoopbackAddress()
                && !headers.containsKey("x-forwarded-for")
                && !headers.containsKey("forwarded");
    }

    private static byte[] secret(Path file) {
        try {
            return Files.readString(file).lines().findFirst().orElse("").strip().getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            Log.errorf("the secret %s cannot be read, nothing is let in: %s", file, e.getMessage());
            return new byte[0];
        }
    }

    /**
     * As a bearer, as the password of anybody (what an address with a password in it becomes), or plainly.
     */
    private static boolean shown(byte[] secret, String authorization) {
        if (authorization.regionMatches(true, 0, "Basic ", 0, 6)) {
            return MessageDigest.isEqual(
                    secret, password(authorization.substring(6).strip()));
        }
        boolean bearer = authorization.regionMatches(true, 0, "Bearer ", 0, 7);
        String shown = bearer ? authorization.substring(7).strip() : authorization;
        return MessageDigest.isEqual(secret, shown.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] password(String pair) {
        try {
            String decoded = new String(Base64.getDecoder().decode(pair), StandardCharsets.UTF_8);
            return decoded.substring(decoded.indexOf(':') + 1).getBytes(StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    /**
     * @see <a href="https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries">Validating webhook
     *     deliveries</a>
     */
    private static boolean signed(byte[] secret, byte[] body, String signature) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(secret, HMAC));
            String expected = "sha256=" + HexFormat.of().formatHex(mac.doFinal(body));
            return MessageDigest.isEqual(
                    expected.getBytes(StandardCharsets.UTF_8), signature.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + HMAC, e);
        }
    }
}
