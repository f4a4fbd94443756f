package dev.bootproof.poller.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bootproof.events.EventJson;
import io.quarkus.logging.Log;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The logins of Docker and Podman on this machine, asked anew each time: who logs in need not restart anything.
 *
 * <p>Failure: a file that cannot be read counts as none and is complained of once in the log.
 *
 * @see <a href="https://github.com/containers/image/blob/main/docs/containers-auth.json.5.md">containers-auth.json(5)</a>
 * @see <a href="https://docs.docker.com/reference/cli/docker/login/#credential-stores">docker login</a>
 */
final class LoginFiles {
    private static final String DOCKER_HUB = "https://index.docker.io/v1/";

    private final Set<Path> complained = ConcurrentHashMap.newKeySet();
    private final List<Path> files;
    private final CredentialHelper helper;

    LoginFiles(List<Path> files, CredentialHelper helper) {
        this.files = List.copyOf(files);
        this.helper = helper;
    }

    /** Where the logins of this environment are, the first that knows a registry counts. */
    static List<Path> files(Map<String, String> environment) {
        List<Path> files = new ArrayList<>();
        add(files, environment, "REGISTRY_AUTH_FILE", "");
        add(files, environment, "XDG_RUNTIME_DIR", "containers/auth.json");
        add(files, environment, "DOCKER_CONFIG", "config.json");
        if (!environment.containsKey("DOCKER_CONFIG")) {
            add(files, environment, "HOME", ".docker/config.json");
        }
        return files;
    }

    private static void add(List<Path> files, Map<String, String> environment, String variable, String below) {
        String value = environment.getOrDefault(variable, "");
        if (!value.isBlank()) {
            files.add(Path.of(value).resolve(below));
        }
    }

    /** Who we are for this repository of this registry; the entry with the longest path counts. */
    Optional<Credentials> find(String registry, String repository) {
        return files.stream()
                .map(this::read)
                .flatMap(Optional::stream)
                .flatMap(file -> find(file, registry, repository).stream())
                .findFirst();
    }

    private Optional<Credentials> find(JsonNode file, String registry, String repository) {
        for (String key : keys(registry, repository)) {
            Optional<Credentials> found = helped(file.path("credHelpers").path(key), key)
                    .or(() -> entry(file.path("auths").path(key)));
            if (found.isPresent()) {
                return found;
            }
        }
        return helped(file.path("credsStore"), registry.equals("docker.io") ? DOCKER_HUB : registry);
    }

    /** The names under which a login may stand, the longest path first. */
    private static List<String> keys(String registry, String repository) {
        List<String> keys = new ArrayList<>();
        for (String path = registry + "/" + repository;
                path.contains("/");
                path = path.substring(0, path.lastIndexOf('/'))) {
            keys.add(path);
        }
        keys.add(registry);
        keys.add("https://" + registry);
        keys.add("https://" + registry + "/v1/");
        keys.add("https://" + registry + "/v2/");
        if (registry.equals("docker.io")) {
            keys.add(DOCKER_HUB);
        }
        return keys;
    }

    private static Optional<Credentials> entry(JsonNode entry) {
        String refresh = entry.path("identitytoken").asText("");
        if (!refresh.isEmpty()) {
            return Optional.of(new Credentials.RefreshToken(refresh));
        }
        String auth = entry.path("auth").asText("");
        return auth.isEmpty() ? Optional.empty() : pair(auth);
    }

    private static Optional<Credentials> pair(String auth) {
        try {
            String pair = new String(Base64.getDecoder().decode(auth), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 1
                    ? Optional.empty()
                    : Optional.of(new Credentials.Password(
                            pair.substring(0, colon), pair.substring(colon + 1).replace("\0", "")));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Optional<Credentials> helped(JsonNode name, String registry) {
        return Optional.of(name.asText("")).filter(text -> !text.isEmpty()).flatMap(text -> helper.get(text, registry));
    }

    private Optional<JsonNode> read(Path file) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            JsonNode read = EventJson.mapper().readTree(Files.readAllBytes(file));
            complained.remove(file);
            return Optional.of(read);
        } catch (IOException e) {
            if (complained.add(file)) {
                Log.warnf("the logins in %s cannot be read and count as none: log in again", file);
            }
            return Optional.empty();
        }
    }
}
