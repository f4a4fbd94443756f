package dev.bootproof.poller.github;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bootproof.catalog.PullRequests;
import dev.bootproof.events.Change;
import dev.bootproof.events.EventJson;
import dev.bootproof.events.LocalLab;
import dev.bootproof.events.MalformedEvent;
import dev.bootproof.poller.Outcome;
import dev.bootproof.poller.PollerConfig;
import dev.bootproof.poller.Pulls;
import dev.bootproof.poller.http.Answers;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Pull requests of GitHub. Each page is asked for with the condition that it has changed, which costs nothing of the
 * rate limit while it has not.
 *
 * @see <a href="https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api">Best practices
 *     for using the REST API</a>
 */
@ApplicationScoped
public class GithubPulls implements Pulls {
    private static final URI GITHUB = URI.create("https://api.github.com");
    private static final int MOST_PAGES = 30;

    private final Map<URI, GithubApi> clients = new ConcurrentHashMap<>();
    private final Map<String, Page> pages = new ConcurrentHashMap<>();
    private final LocalLab lab;
    private final PollerConfig config;
    private final Answers answers;

    GithubPulls(LocalLab lab, PollerConfig config, Clock clock) {
        this.lab = lab;
        this.config = config;
        this.answers = new Answers(clock);
    }

    @Override
    public String host(PullRequests requests) {
        return api(requests).getAuthority();
    }

    private static URI api(PullRequests requests) {
        return requests.api() == null ? GITHUB : requests.api();
    }

    @Override
    public Listing labelled(PullRequests requests) {
        try {
            @Nullable String authorization = authorization(requests);
            List<Pull> labelled = new ArrayList<>();
            for (int number = 1; number <= MOST_PAGES; number++) {
                Page page = page(requests, authorization, number);
                page.json().forEach(pull -> add(labelled, requests, pull));
                if (!page.more()) {
                    break;
                }
            }
            return new Listing.Listed(labelled);
        } catch (Trouble e) {
            return new Listing.Failed(e.outcome());
        } catch (ProcessingException e) {
            return new Listing.Failed(Answers.failure(host(requests), new IOException(e)));
        } catch (MalformedEvent e) {
            return new Listing.Failed(
                    new Outcome.BadAnswer(host(requests) + " names what cannot be: " + e.getMessage()));
        }
    }

    private Page page(PullRequests requests, @Nullable String authorization, int number) throws Trouble {
        String key = api(requests) + " " + requests.repository() + " " + number;
        Page known = pages.get(key);
        String[] repository = requests.repository().split("/", 2);
        try (Response answer = client(api(requests))
                .page(authorization, known == null ? null : known.etag(), repository[0], repository[1], number)) {
            if (answer.getStatus() == Response.Status.NOT_MODIFIED.getStatusCode() && known != null) {
                return known;
            }
            if (answer.getStatus() != Response.Status.OK.getStatusCode()) {
                throw new Trouble(trouble(requests, answer));
            }
            Page read = read(requests, answer);
            pages.put(key, read);
            return read;
        }
    }

    private Page read(PullRequests requests, Response answer) throws Trouble {
        try {
            JsonNode json = EventJson.mapper().readTree(answer.readEntity(byte[].class));
            if (!json.isArray()) {
                throw new Trouble(new Outcome.BadAnswer(host(requests) + " answered no list of pull requests"));
            }
            String link = answer.getHeaderString("Link");
            return new Page(answer.getHeaderString("ETag"), json, link != null && link.contains("rel=\"next\""));
        } catch (IOException e) {
            throw new Trouble(new Outcome.BadAnswer(host(requests) + " answered what is no JSON"));
        }
    }

    /** GitHub says 403 where others say 429. */
    private Outcome trouble(PullRequests requests, Response answer) {
        HttpHeaders headers = HttpHeaders.of(answer.getStringHeaders(), (name, value) -> true);
        boolean spent =
                headers.firstValue("X-RateLimit-Remaining").filter("0"::equals).isPresent()
                        || headers.firstValue("Retry-After").isPresent();
        int status = answer.getStatus() == 403 && spent ? 429 : answer.getStatus();
        Outcome outcome = answers.trouble(host(requests) + " (" + requests.repository() + ")", status, headers);
        return status >= 300 && status < 400
                ? new Outcome.BadAnswer(requests.repository() + " has another name now: write that in the catalog")
                : outcome;
    }

    private static void add(List<Pull> labelled, PullRequests requests, JsonNode pull) {
        for (JsonNode label : pull.path("labels")) {
            if (label.path("name").asText("").equalsIgnoreCase(requests.label())) {
                String commit = pull.path("head").path("sha").asText("");
                long number = pull.path("number").asLong();
                labelled.add(new Pull(
                        new Change(requests.repository(), number, commit),
                        pull.path("merge_commit_sha").asText(null)));
                return;
            }
        }
    }

    /** A token goes over HTTPS, or to this machine. */
    private @Nullable String authorization(PullRequests requests) throws Trouble {
        if (requests.secret() == null) {
            return null;
        }
        URI api = api(requests);
        if (!"https".equals(api.getScheme()) && !Answers.loopback(api.getAuthority())) {
            throw new Trouble(new Outcome.LabBug("no token is sent to " + api + ": write https"));
        }
        Path file = lab.secret(requests.secret());
        try {
            String token = Files.readString(file).lines().findFirst().orElse("").strip();
            if (!token.isEmpty()) {
                return "Bearer " + token;
            }
        } catch (IOException e) {
            throw new Trouble(missing(requests, file));
        }
        throw new Trouble(missing(requests, file));
    }

    private static Outcome missing(PullRequests requests, Path file) {
        return new Outcome.Unauthorized("there is no secret " + requests.secret() + ": write the token into " + file);
    }

    private GithubApi client(URI api) {
        return clients.computeIfAbsent(
                api,
                uri -> QuarkusRestClientBuilder.newBuilder()
                        .baseUri(uri)
                        .connectTimeout(config.githubTimeout().toMillis(), TimeUnit.MILLISECONDS)
                        .readTimeout(config.githubTimeout().toMillis(), TimeUnit.MILLISECONDS)
                        .property("microprofile.rest.client.disable.default.mapper", true)
                        .build(GithubApi.class));
    }

    /**
     * A page as it was read last.
     *
     * @param etag what to ask for next time; null where GitHub did not say
     * @param json its pull requests
     * @param more whether another page follows
     */
    private record Page(@Nullable String etag, JsonNode json, boolean more) {}

    /** The answer is of no use. */
    private static final class Trouble extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient Outcome outcome;

        Trouble(Outcome outcome) {
            super(outcome.detail());
            this.outcome = outcome;
        }

        Outcome outcome() {
            return outcome;
        }
    }
}
