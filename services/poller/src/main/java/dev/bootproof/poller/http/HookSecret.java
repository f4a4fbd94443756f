package dev.bootproof.poller.http;

import dev.bootproof.poller.PollerConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** The secret that a registry shows with its notifications, where the lab asks for one. */
@ApplicationScoped
class HookSecret {
    private final byte @Nullable [] expected;

    HookSecret(PollerConfig config) {
        this.expected = config.hooksSecretFile().map(HookSecret::read).orElse(null);
    }

    private static byte[] read(Path file) {
        try {
            return ("Bearer " + Files.readString(file).strip()).getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the hook secret " + file, e);
        }
    }

    /** Whether this is it; compared in a time that says nothing about how much of it is right. */
    boolean matches(@Nullable String authorization) {
        if (expected == null) {
            return true;
        }
        String shown = authorization == null ? "" : authorization;
        return MessageDigest.isEqual(expected, shown.getBytes(StandardCharsets.UTF_8));
    }
}
