package dev.bootproof.testrunner.source.git;

import dev.bootproof.testrunner.source.SourceRef;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.FetchResult;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.URIish;

/**
 * One commit of a repository, in a repository of its own that is gone when it is closed.
 *
 * @param directory where it lies
 * @param repository what can be read of it
 */
record BareCopy(Path directory, Repository repository) implements AutoCloseable {
    static BareCopy beside(Path other) throws IOException {
        Path directory = Files.createTempDirectory(other.toAbsolutePath().getParent(), "new-git-");
        Repository repository = new FileRepositoryBuilder()
                .setBare()
                .setGitDir(directory.toFile())
                .build();
        repository.create(true);
        repository.getConfig().setString("protocol", null, "version", "2");
        return new BareCopy(directory, repository);
    }

    /** Fetches the commit without what came before it. */
    FetchResult fetch(SourceRef pinned, Patience patience) throws IOException {
        try (Transport transport = Transport.open(repository, new URIish(pinned.place()))) {
            transport.setDepth(1);
            transport.setTagOpt(TagOpt.NO_TAGS);
            transport.setTimeout(patience.seconds());
            RefSpec commit = new RefSpec(pinned.ref() + ":refs/heads/suite");
            return transport.fetch(patience, List.of(commit));
        } catch (URISyntaxException e) {
            throw pinned.missing("this is no address of a repository");
        }
    }

    @Override
    public void close() throws IOException {
        repository.close();
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
