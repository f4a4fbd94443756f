package dev.bootproof.publisher;

import dev.bootproof.events.Target;
import java.time.Instant;

/**
 * Somebody who is told, as people read it.
 *
 * @param name its name in the catalog
 * @param kind what it is
 * @param style the class in the style sheet
 * @param state how far it is
 * @param said what it answered, or why it was not told
 */
record TargetView(String name, String kind, String style, String state, String said) {
    static TargetView of(ToldTarget target, Instant now) {
        return new TargetView(target.name(), kind(target.kind()), style(target), state(target, now), target.said());
    }

    private static String kind(Target.Kind kind) {
        return switch (kind) {
            case GITHUB_STATUS -> "GitHub commit status";
            case GITHUB_CHECK -> "GitHub check run";
            case REPOSITORY_DISPATCH -> "GitHub repository dispatch";
            case WEBHOOK -> "webhook";
        };
    }

    private static String style(ToldTarget target) {
        return switch (target.state()) {
            case TOLD -> "passed";
            case WAITING -> "running";
            case SKIPPED -> "skipped";
            case GIVEN_UP -> "errored";
        };
    }

    private static String state(ToldTarget target, Instant now) {
        return switch (target.state()) {
            case TOLD -> "told " + Spoken.ago(target.at(), now);
            case WAITING ->
                target.attempts() == 0 ? "to be told" : "waiting after " + attempts(target) + ", again " + next(target);
            case SKIPPED -> "not told";
            case GIVEN_UP -> "given up after " + attempts(target);
        };
    }

    private static String attempts(ToldTarget target) {
        return target.attempts() == 1 ? "1 attempt" : target.attempts() + " attempts";
    }

    private static String next(ToldTarget target) {
        return target.next() == null ? "soon" : "at " + Spoken.exact(target.next());
    }
}
