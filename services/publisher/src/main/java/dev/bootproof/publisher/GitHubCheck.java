package dev.bootproof.publisher;

import dev.bootproof.events.Target;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** A check run: {@code POST /repos/{owner}/{repo}/check-runs}, for which GitHub wants the token of an app. */
@ApplicationScoped
class GitHubCheck implements Messenger {
    private static final String APP =
            "; a check run needs the token of a GitHub App with checks: write, any other can only set a status";

    private final GitHub github;

    GitHubCheck(GitHub github) {
        this.github = github;
    }

    @Override
    public Target.Kind kind() {
        return Target.Kind.GITHUB_CHECK;
    }

    @Override
    public Outcome tell(Telling telling) {
        String name = CheckText.name(telling.facts());
        return github.visit(telling, desk -> {
            String sha = desk.change().commit();
            String query = "?filter=all&per_page=100&check_name=" + URLEncoder.encode(name, StandardCharsets.UTF_8);
            boolean told = desk.knows(
                    "commits/" + sha + "/check-runs" + query,
                    "check_runs",
                    run -> run.path("external_id").asText().equals(telling.key()));
            if (told) {
                return new Outcome.Told("it was told before");
            }
            Outcome outcome = desk.post("check-runs", body(telling, name, sha));
            return outcome instanceof Outcome.Never never && never.why().startsWith("HTTP 403")
                    ? new Outcome.Never(never.why() + APP)
                    : outcome;
        });
    }

    private static Map<String, Object> body(Telling telling, String name, String sha) {
        Facts facts = telling.facts();
        Map<String, Object> body = new TreeMap<>();
        body.put("name", name);
        body.put("head_sha", sha);
        body.put("status", "completed");
        body.put("conclusion", CheckText.conclusion(facts.verdict()));
        body.put("external_id", telling.key());
        body.put("details_url", facts.page());
        body.put("started_at", facts.startedAt());
        body.put("completed_at", facts.finishedAt());
        body.put("output", Map.of("title", CheckText.title(facts), "summary", CheckText.summary(facts)));
        return body;
    }
}
