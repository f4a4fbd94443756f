package dev.bootproof.events;

import org.jspecify.annotations.Nullable;

/**
 * The change of source code that an image was made from.
 *
 * @param repository on GitHub, {@code owner/name}
 * @param pullRequest the number of the pull request, or null for a commit of a branch
 * @param commit the full hash
 */
public record Change(String repository, @Nullable Long pullRequest, String commit) {
    public Change {
        Required.fields("repository", repository, "commit", commit);
        if (!repository.matches("[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+")) {
            throw new MalformedEvent("repository", "\"" + repository + "\" is no repository: write owner/name");
        }
        if (!commit.matches("[0-9a-f]{40}([0-9a-f]{24})?")) {
            throw new MalformedEvent("commit", "\"" + commit + "\" is no commit: write all 40 hex digits");
        }
    }
}
