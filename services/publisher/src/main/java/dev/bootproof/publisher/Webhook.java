package dev.bootproof.publisher;

import dev.bootproof.events.EventJson;
import dev.bootproof.events.Target;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Posts the facts as JSON, signed as GitHub signs its own webhooks. */
@ApplicationScoped
class Webhook implements Messenger {
    private static final String HMAC = "HmacSHA256";

    private final Peers peers;

    Webhook(Peers peers) {
        this.peers = peers;
    }

    @Override
    public Target.Kind kind() {
        return Target.Kind.WEBHOOK;
    }

    @Override
    public Outcome tell(Telling telling) {
        Target target = telling.target();
        String secret = null;
        if (target.secret() != null) {
            Optional<String> found = peers.secret(target.secret());
            if (found.isEmpty()) {
                return peers.missing(target.secret());
            }
            secret = found.get();
        }
        byte[] body = EventJson.write(telling.facts());
        try {
            return peers.judge(peers.post(
                    Objects.requireNonNull(target.url(), "a webhook has a url"), headers(telling, secret, body), body));
        } catch (IOException e) {
            return new Outcome.Later(String.valueOf(e.getMessage()), null);
        }
    }

    private static Map<String, String> headers(Telling telling, @Nullable String secret, byte[] body) {
        Map<String, String> headers = new HashMap<>();
        headers.put("Idempotency-Key", telling.key());
        headers.put("X-Bootproof-Event", "verdict");
        if (secret != null) {
            headers.put("X-Hub-Signature-256", "sha256=" + hmac(secret, body));
        }
        return headers;
    }

    static String hmac(String secret, byte[] body) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), HMAC));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HMAC-SHA256", e);
        }
    }
}
