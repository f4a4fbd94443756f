package dev.bootproof.poller.http;

import dev.bootproof.events.Digest;
import dev.bootproof.events.ImageRef;
import dev.bootproof.events.MalformedEvent;
import dev.bootproof.poller.Outcome;
import dev.bootproof.poller.PollerConfig;
import dev.bootproof.poller.Registries;
import dev.bootproof.poller.http.Asking.Reply;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks at tags with conditional {@code HEAD}s, and reads a manifest only where a platform or a commit is asked for. */
@ApplicationScoped
public class HeadRegistries implements Registries {
    private final Asking asking;
    private final Manifests manifests;

    /** Looks as this says, with the logins of this machine. */
    @Inject
    public HeadRegistries(PollerConfig config, Clock clock) {
        this(config.timeout(), new LoginFiles(LoginFiles.files(System.getenv()), new CredentialHelper(clock)), clock);
    }

    HeadRegistries(Duration timeout, LoginFiles logins, Clock clock) {
        this.asking = new Asking(timeout, logins, clock);
        this.manifests = new Manifests(asking);
    }

    @Override
    public Outcome look(ImageRef image, @Nullable Known known, @Nullable String platform) {
        Endpoint endpoint = Endpoint.of(image);
        URI address = endpoint.manifest(image.reference());
        Outcome outcome = switch (asking.ask(endpoint, address, at -> head(at, known))) {
            case Reply.Bad(Outcome bad) -> bad;
            case Reply.Good(var answer) -> answer.statusCode() == 304 ? unchanged(known) : found(answer, known);
        };
        return platform != null && outcome instanceof Outcome.Moved moved
                ? manifests.on(platform, image, moved)
                : outcome;
    }

    @Override
    public Built builtFrom(ImageRef pinned) {
        return manifests.builtFrom(pinned);
    }

    private static HttpRequest.Builder head(URI address, @Nullable Known known) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .header("Accept", Manifests.TYPES)
                .HEAD();
        if (known != null) {
            String condition = known.etag() == null ? '"' + known.digest().value() + '"' : known.etag();
            request.header("If-None-Match", condition);
        }
        return request;
    }

    private static Outcome unchanged(@Nullable Known known) {
        return known == null
                ? new Outcome.BadAnswer("the registry answered 304 to no condition")
                : new Outcome.Unchanged();
    }

    private static Outcome found(HttpResponse<byte[]> answer, @Nullable Known known) {
        Optional<String> named = answer.headers().firstValue("Docker-Content-Digest");
        if (named.isEmpty()) {
            return new Outcome.BadAnswer("the registry names no digest");
        }
        try {
            Digest digest = new Digest(named.get());
            if (known != null && known.digest().equals(digest)) {
                return new Outcome.Unchanged();
            }
            return new Outcome.Moved(digest, answer.headers().firstValue("ETag").orElse(null), null);
        } catch (MalformedEvent e) {
            return new Outcome.BadAnswer(String.valueOf(e.getMessage()));
        }
    }
}
