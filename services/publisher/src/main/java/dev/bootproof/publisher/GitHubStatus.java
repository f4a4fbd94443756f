package dev.bootproof.publisher;

import dev.bootproof.events.Target;
import dev.bootproof.events.Verdict;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/**
 * A commit status: {@code POST /repos/{owner}/{repo}/statuses/{sha}}. A status knows no "the lab could not tell"; it is
 * {@code error}, which is not {@code failure}.
 */
@ApplicationScoped
class GitHubStatus implements Messenger {
    private final GitHub github;

    GitHubStatus(GitHub github) {
        this.github = github;
    }

    @Override
    public Target.Kind kind() {
        return Target.Kind.GITHUB_STATUS;
    }

    @Override
    public Outcome tell(Telling telling) {
        Facts facts = telling.facts();
        String context = CheckText.name(facts);
        return github.visit(telling, desk -> {
            String sha = desk.change().commit();
            boolean told = desk.knows(
                    "commits/" + sha + "/statuses?per_page=100",
                    "",
                    status -> status.path("context").asText().equals(context)
                            && status.path("state").asText().equals(state(facts.verdict()))
                            && status.path("target_url")
                                    .asText()
                                    .equals(facts.page().toString()));
            if (told) {
                return new Outcome.Told("it was told before");
            }
            return desk.post(
                    "statuses/" + sha,
                    Map.of(
                            "state", state(facts.verdict()),
                            "context", context,
                            "target_url", facts.page(),
                            "description", CheckText.description(facts)));
        });
    }

    private static String state(Verdict verdict) {
        return switch (verdict) {
            case PASSED -> "success";
            case FAILED -> "failure";
            case ERRORED, SKIPPED -> "error";
        };
    }
}
