package dev.bootproof.poller;

import dev.bootproof.catalog.PullRequests;
import dev.bootproof.events.Change;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where pull requests are asked for.
 *
 * <p>Failure: nothing is thrown; whatever goes wrong is an outcome.
 */
public interface Pulls {
    /** The open pull requests that carry the label. Blocks for as long as a few requests may take. */
    Listing labelled(PullRequests requests);

    /** The host that is asked for these. */
    String host(PullRequests requests);

    /** What was answered. */
    sealed interface Listing {
        /**
         * These carry the label.
         *
         * @param pulls each with its newest commit
         */
        record Listed(List<Pull> pulls) implements Listing {
            public Listed {
                pulls = List.copyOf(pulls);
            }
        }

        /**
         * Nobody knows which carry it.
         *
         * @param outcome what came of asking
         */
        record Failed(Outcome outcome) implements Listing {}
    }

    /**
     * A pull request.
     *
     * @param change the pull request and its newest commit
     * @param merge the commit that merges it, from which many build; null where there is none
     */
    record Pull(Change change, @Nullable String merge) {
        /** Whether an image that was built from this commit, perhaps shortened, is of the newest one. */
        boolean isOf(String commit) {
            return commit.matches("[0-9a-f]{7,64}")
                    && (change.commit().startsWith(commit) || (merge != null && merge.startsWith(commit)));
        }
    }
}
