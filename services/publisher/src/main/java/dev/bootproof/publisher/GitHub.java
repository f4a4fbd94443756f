package dev.bootproof.publisher;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.bootproof.events.Change;
import dev.bootproof.events.EventJson;
import dev.bootproof.events.Target;
import dev.bootproof.publisher.Peers.Answer;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * GitHub's REST API, version 2022-11-28, as far as it is told of verdicts (docs.github.com/rest).
 *
 * <p>Failure: none is thrown but {@link dev.bootproof.registry.RegistryException}, where the commit is looked for.
 */
@ApplicationScoped
class GitHub {
    private static final URI USUAL = URI.create("https://api.github.com");

    private final Peers peers;
    private final Origin origin;

    GitHub(Peers peers, Origin origin) {
        this.peers = peers;
        this.origin = origin;
    }

    /** What is done at GitHub once the commit and the token are known. */
    @FunctionalInterface
    interface Visit {
        Outcome at(Desk desk) throws IOException;
    }

    /** Does something about the commit of this telling, where there is one. */
    Outcome visit(Telling telling, Visit visit) {
        Optional<Change> change = origin.of(telling.facts());
        if (change.isEmpty()) {
            return new Outcome.Nothing(Origin.UNKNOWN);
        }
        String name = telling.target().secret();
        if (name == null) {
            return new Outcome.Never("GitHub takes nothing without a token: name its secret in the catalog");
        }
        Optional<String> token = peers.secret(name);
        if (token.isEmpty()) {
            return peers.missing(name);
        }
        try {
            return visit.at(new Desk(telling.target(), change.get(), token.get()));
        } catch (IOException e) {
            return new Outcome.Later(String.valueOf(e.getMessage()), null);
        }
    }

    /** One commit at GitHub, with a token. */
    final class Desk {
        private final Change change;
        private final String repository;
        private final URI api;
        private final Map<String, String> headers;

        private Desk(Target target, Change change, String token) {
            this.change = change;
            this.repository = target.repository() == null ? change.repository() : target.repository();
            this.api = target.url() == null ? USUAL : target.url();
            this.headers = Map.of(
                    "Accept",
                    "application/vnd.github+json",
                    "Authorization",
                    "Bearer " + token,
                    "X-GitHub-Api-Version",
                    "2022-11-28");
        }

        Change change() {
            return change;
        }

        /** Whether one of what GitHub lists there is what we are about to tell it: then it was told before a kill. */
        boolean knows(String below, String list, Predicate<JsonNode> ours) throws IOException {
            Answer answer = peers.get(uri(below), headers);
            JsonNode listed =
                    answer.status() == 200 ? EventJson.mapper().readTree(answer.body()) : MissingNode.getInstance();
            for (JsonNode one : list.isEmpty() ? listed : listed.path(list)) {
                if (ours.test(one)) {
                    return true;
                }
            }
            return false;
        }

        Outcome post(String below, Object json) throws IOException {
            return peers.judge(peers.post(uri(below), headers, EventJson.write(json)));
        }

        private URI uri(String below) {
            return URI.create(api.toString().replaceFirst("/$", "") + "/repos/" + repository + "/" + below);
        }
    }
}
