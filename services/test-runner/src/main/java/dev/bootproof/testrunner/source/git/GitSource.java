package dev.bootproof.testrunner.source.git;

import dev.bootproof.testrunner.source.SourceRef;
import dev.bootproof.testrunner.source.SuiteFiles;
import dev.bootproof.testrunner.source.SuiteSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.PathFilter;

/** Suites from git: a reference becomes a commit, and of the commit only what lies below the path is kept. */
public final class GitSource implements SuiteSource {
    private static final Set<String> SCHEMES = Set.of("git+https", "git+http", "git+file");

    private final Duration patience;
    private final Clock clock;

    /**
     * @param patience how long a repository may take for all of it
     * @param clock tells the time
     */
    public GitSource(Duration patience, Clock clock) {
        this.patience = patience;
        this.clock = clock;
    }

    @Override
    public boolean serves(String scheme) {
        return SCHEMES.contains(scheme);
    }

    @Override
    public SourceRef pin(SourceRef source) {
        if (ObjectId.isId(source.ref())) {
            return source;
        }
        Map<String, Ref> refs = GitFailure.translated(
                source,
                () -> Git.lsRemoteRepository()
                        .setRemote(source.place())
                        .setTimeout((int) patience.toSeconds())
                        .callAsMap());
        return Stream.of("refs/heads/" + source.ref(), "refs/tags/" + source.ref(), source.ref())
                .filter(refs::containsKey)
                .map(refs::get)
                .map(GitSource::commit)
                .findFirst()
                .map(commit -> source.atCommit(commit.name()))
                .orElseThrow(() -> source.missing("the repository has no branch or tag called " + source.ref()));
    }

    @Override
    public void fetch(SourceRef pinned, Path directory) throws IOException {
        try (BareCopy copy = BareCopy.beside(directory)) {
            Repository repository = copy.repository();
            GitFailure.translated(pinned, () -> copy.fetch(pinned, new Patience(clock, patience)));
            ObjectId commit = ObjectId.fromString(pinned.ref());
            try (RevWalk commits = new RevWalk(repository);
                    TreeWalk tree = new TreeWalk(repository)) {
                RevCommit found = commits.parseCommit(commit);
                tree.addTree(found.getTree());
                tree.setRecursive(true);
                if (!pinned.path().isEmpty()) {
                    tree.setFilter(PathFilter.create(pinned.path()));
                }
                write(pinned, tree, new SuiteFiles(pinned, directory));
            }
        }
    }

    private static void write(SourceRef pinned, TreeWalk tree, SuiteFiles files) throws IOException {
        boolean found = false;
        while (tree.next()) {
            found = true;
            String path = tree.getPathString();
            FileMode mode = tree.getFileMode();
            if (!mode.equals(FileMode.REGULAR_FILE) && !mode.equals(FileMode.EXECUTABLE_FILE)) {
                throw files.refused(path, mode.equals(FileMode.SYMLINK) ? "a link" : "a submodule");
            }
            try (InputStream content =
                    tree.getObjectReader().open(tree.getObjectId(0)).openStream()) {
                files.add(path, mode.equals(FileMode.EXECUTABLE_FILE), content);
            }
        }
        if (!found) {
            throw pinned.missing("the commit has nothing there");
        }
    }

    private static ObjectId commit(Ref ref) {
        ObjectId peeled = ref.getPeeledObjectId();
        return Objects.requireNonNull(peeled == null ? ref.getObjectId() : peeled, "a listed reference has an object");
    }

    /** Something that git does. */
    @FunctionalInterface
    interface Doing<T> {
        T result() throws GitAPIException, IOException;
    }
}
