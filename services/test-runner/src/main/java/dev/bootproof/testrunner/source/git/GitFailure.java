package dev.bootproof.testrunner.source.git;

import dev.bootproof.events.Fault;
import dev.bootproof.stage.StageFault;
import dev.bootproof.testrunner.source.SourceRef;
import dev.bootproof.testrunner.source.git.GitSource.Doing;
import java.io.IOException;
import java.util.Locale;
import java.util.stream.Stream;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;
import org.eclipse.jgit.errors.NotSupportedException;

/** What it means that git failed: the source does not exist, or the host does not answer. */
final class GitFailure {
    private GitFailure() {}

    /** Does it, with a fault for what goes wrong. */
    static <T> T translated(SourceRef source, Doing<T> doing) {
        try {
            return doing.result();
        } catch (GitAPIException | IOException e) {
            throw fault(source, e);
        }
    }

    private static StageFault fault(SourceRef source, Exception e) {
        String said = Stream.iterate((Throwable) e, cause -> cause != null, Throwable::getCause)
                .map(cause -> String.valueOf(cause.getMessage()))
                .reduce("", (all, message) -> all + " " + message)
                .toLowerCase(Locale.ROOT);
        if (causedBy(e, NoRemoteRepositoryException.class) || said.contains("not found: ")) {
            return source.missing("there is no such repository");
        }
        if (said.contains("not authorized") || said.contains("authentication is required")) {
            return source.missing("there is no such repository, or not everybody may read it");
        }
        if (said.contains("not our ref") || said.contains("not valid")) {
            return source.missing("the repository does not give this commit: name a branch or tag");
        }
        if (source.scheme().equals("git+file")) {
            return source.missing("the repository does not give it: " + e.getMessage());
        }
        if (causedBy(e, NotSupportedException.class)) {
            return source.missing(String.valueOf(e.getMessage()));
        }
        return new StageFault(Fault.SUITE_SOURCE_UNAVAILABLE, source + ": " + e.getMessage());
    }

    private static boolean causedBy(Throwable e, Class<? extends Throwable> type) {
        return Stream.iterate(e, cause -> cause != null, Throwable::getCause).anyMatch(type::isInstance);
    }
}
