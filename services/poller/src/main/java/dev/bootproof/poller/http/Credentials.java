package dev.bootproof.poller.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Who we are at a registry. Never printed. */
sealed interface Credentials {
    /**
     * A user and a password, or what a registry takes for one.
     *
     * @param user the user
     * @param password the password
     */
    record Password(String user, String password) implements Credentials {
        /** As an Authorization header says it (RFC 7617). */
        String basic() {
            byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
            return "Basic " + Base64.getEncoder().encodeToString(pair);
        }

        @Override
        public String toString() {
            return "a password";
        }
    }

    /**
     * A token that is exchanged for others.
     *
     * @param token the token
     */
    record RefreshToken(String token) implements Credentials {
        @Override
        public String toString() {
            return "a refresh token";
        }
    }
}
