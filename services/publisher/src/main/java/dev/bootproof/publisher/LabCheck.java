package dev.bootproof.publisher;

import dev.bootproof.events.Change;
import dev.bootproof.events.Target;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.TreeMap;

/**
 * A repository dispatch of type {@code lab-check}: {@code POST /repos/{owner}/{repo}/dispatches}, from which a workflow
 * there makes a check of its own. GitHub keeps no list of dispatches: told twice, both have the same {@code external_id}.
 */
@ApplicationScoped
class LabCheck implements Messenger {
    private final GitHub github;

    LabCheck(GitHub github) {
        this.github = github;
    }

    @Override
    public Target.Kind kind() {
        return Target.Kind.REPOSITORY_DISPATCH;
    }

    @Override
    public Outcome tell(Telling telling) {
        return github.visit(
                telling,
                desk -> desk.post(
                        "dispatches",
                        Map.of("event_type", "lab-check", "client_payload", payload(telling, desk.change()))));
    }

    private static Map<String, Object> payload(Telling telling, Change change) {
        Facts facts = telling.facts();
        Map<String, Object> check = new TreeMap<>();
        check.put("state", "completed");
        check.put("conclusion", CheckText.conclusion(facts.verdict()));
        check.put("details_url", facts.page());
        check.put("external_id", telling.key());
        check.put("title", CheckText.title(facts));
        check.put("summary", CheckText.summary(facts));
        check.put("text", CheckText.text(facts));
        check.put("started_at", facts.startedAt());
        check.put("completed_at", facts.finishedAt());
        return Map.of("repository", change.repository(), "sha", change.commit(), "check", check);
    }
}
