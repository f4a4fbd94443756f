package dev.bootproof.poller.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bootproof.events.EventJson;
import io.quarkus.logging.Log;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Programs that keep logins, {@code docker-credential-NAME}. What one says is remembered for some minutes, because
 * ten thousand streams ask.
 *
 * <p>Failure: a program that is missing, fails or does not end in its time knows no login; the log says so.
 *
 * @see <a href="https://github.com/docker/docker-credential-helpers">docker-credential-helpers</a>
 */
final class CredentialHelper {
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final Duration REMEMBERED = Duration.ofMinutes(5);
    private static final int LARGEST = 64 << 10;

    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final @Nullable Path directory;
    private final Clock clock;

    /**
     * Finds its programs on the PATH.
     *
     * @param clock tells when an answer is old
     */
    CredentialHelper(Clock clock) {
        this(null, clock);
    }

    CredentialHelper(@Nullable Path directory, Clock clock) {
        this.directory = directory;
        this.clock = clock;
    }

    /** The login that this program knows for this server. */
    Optional<Credentials> get(String name, String server) {
        if (!name.matches("[A-Za-z0-9._-]+")) {
            Log.warnf("no credential helper can be called %s", name);
            return Optional.empty();
        }
        Answer known = answers.get(name + " " + server);
        if (known != null && clock.instant().isBefore(known.until())) {
            return Optional.ofNullable(known.credentials());
        }
        Credentials asked = ask("docker-credential-" + name, server).orElse(null);
        answers.put(name + " " + server, new Answer(asked, clock.instant().plus(REMEMBERED)));
        return Optional.ofNullable(asked);
    }

    private Optional<Credentials> ask(String program, String server) {
        String command =
                directory == null ? program : directory.resolve(program).toString();
        try {
            Process process = new ProcessBuilder(command, "get")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (OutputStream in = process.getOutputStream()) {
                in.write(server.getBytes(StandardCharsets.UTF_8));
            }
            return answer(process, program, server);
        } catch (IOException e) {
            Log.warnf("the credential helper %s cannot be asked: %s", program, e.getMessage());
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static Optional<Credentials> answer(Process process, String program, String server)
            throws IOException, InterruptedException {
        if (!process.waitFor(DEADLINE.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly();
            Log.warnf("the credential helper %s did not end within %d s", program, DEADLINE.toSeconds());
            return Optional.empty();
        }
        byte[] said = process.getInputStream().readNBytes(LARGEST);
        if (process.exitValue() != 0) {
            Log.infof("the credential helper %s knows no login for %s", program, server);
            return Optional.empty();
        }
        JsonNode login = EventJson.mapper().readTree(said);
        String user = login.path("Username").asText("");
        String secret = login.path("Secret").asText("");
        if (secret.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                user.equals("<token>") ? new Credentials.RefreshToken(secret) : new Credentials.Password(user, secret));
    }

    private record Answer(@Nullable Credentials credentials, Instant until) {}
}
