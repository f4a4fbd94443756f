package dev.bootproof.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who is told of a verdict. Secrets are named here and lie with the publisher.
 *
 * @param name its name in the catalog
 * @param kind what it understands
 * @param url where it listens: a webhook's address; for GitHub the API's, or null for github.com's
 * @param repository for GitHub, {@code owner/name}; null for the repository of the change under test
 * @param secret the name of the token or key, or null where none is needed
 * @param on when it is told
 */
public record Target(
        String name,
        Kind kind,
        @Nullable URI url,
        @Nullable String repository,
        @Nullable String secret,
        On on) {
    public Target {
        Required.fields("name", name, "kind", kind);
        on = on == null ? On.ALWAYS : on;
        if (kind == Kind.WEBHOOK && url == null) {
            throw new MalformedEvent("url", "the webhook " + name + " has no url: write where it listens");
        }
    }

    /** What a target understands. */
    public enum Kind {
        /** A commit status. */
        GITHUB_STATUS,
        /** A check run. */
        GITHUB_CHECK,
        /** A repository dispatch of type {@code lab-check}. */
        REPOSITORY_DISPATCH,
        /** JSON, signed. */
        WEBHOOK;

        /** The word on the wire. */
        @JsonValue
        public String word() {
            return Words.of(this);
        }

        /** The kind with this word. */
        @JsonCreator
        public static Kind of(String word) {
            return Words.pick(Kind.class, "kind", word);
        }
    }

    /** When a target is told. */
    public enum On {
        /** Of every verdict. */
        ALWAYS,
        /** Of a verdict that is not the stream's last. */
        CHANGE;

        /** The word on the wire. */
        @JsonValue
        public String word() {
            return Words.of(this);
        }

        /** The time with this word. */
        @JsonCreator
        public static On of(String word) {
            return Words.pick(On.class, "on", word);
        }
    }
}
