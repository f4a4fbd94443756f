package dev.bootproof.testrunner.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.bootproof.events.Fault;
import dev.bootproof.events.LocalLab;
import dev.bootproof.events.RunId;
import dev.bootproof.stage.StageFault;
import dev.bootproof.testrunner.source.FetchedSuites.Fetched;
import dev.bootproof.testrunner.source.git.GitSource;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.revwalk.RevCommit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GitSourceTest {
    private static final RunId RUN = new RunId("demo-os-0123456789ab");
    private static final Clock CLOCK = Clock.systemUTC();

    private final Path directory;

    private final Git git;

    GitSourceTest(@TempDir Path directory) throws GitAPIException {
        this.directory = directory;
        git = Git.init()
                .setInitialBranch("main")
                .setDirectory(directory.resolve("repository").toFile())
                .call();
    }

    @BeforeEach
    void aRepositoryWithASuite() throws Exception {
        write("suites/smoke/run", "#!/bin/sh\n");
        assertThat(work("suites/smoke/run").toFile().setExecutable(true)).isTrue();
        write("suites/smoke/data/a.txt", "a");
        write("README.md", "not the suite's");
        commit("first");
    }

    @AfterEach
    void close() {
        git.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"main", "refs/heads/main", "HEAD"})
    void aReferenceIsPinnedToItsCommitAndOnlyTheSuiteIsKept(String ref) throws Exception {
        // Given
        RevCommit second = commit("second");

        // When
        Fetched fetched = suites().fetch(RUN, file(ref, "suites/smoke"));

        // Then
        assertThat(fetched.origin()).isEqualTo(file(second.name(), "suites/smoke"));
        assertThat(fetched.directory().resolve("run")).hasContent("#!/bin/sh\n").isExecutable();
        assertThat(fetched.directory().resolve("data/a.txt").toFile().canExecute())
                .isFalse();
        assertThat(fetched.directory().resolve("../../README.md")).doesNotExist();
        assertThat(left()).hasSize(1);
    }

    @Test
    void aTagIsPinnedToTheCommitItNames() throws Exception {
        // Given
        RevCommit tagged = commit("tagged");
        git.tag().setName("v1").setAnnotated(true).setMessage("one").call();
        commit("later");

        // Then
        assertThat(suites().fetch(RUN, file("v1", "suites/smoke")).origin())
                .isEqualTo(file(tagged.name(), "suites/smoke"));
    }

    @Test
    void aBranchThatMovesUnderARunStaysWhereItWas() throws Exception {
        // Given
        String source = file("main", "suites/smoke");
        String first = suites().fetch(RUN, source).origin();
        commit("moved");

        // When
        String again = suites().fetch(RUN, source).origin();
        String other = suites().fetch(new RunId("demo-os-ba9876543210"), source).origin();

        // Then
        assertThat(again).isEqualTo(first);
        assertThat(other).isNotEqualTo(first);
    }

    @Test
    void whatWasFetchedIsNotFetchedAgain() throws Exception {
        // Given
        String source = file("main", "suites/smoke");
        Path first = suites().fetch(RUN, source).directory();
        git.close();
        Files.move(directory.resolve("repository"), directory.resolve("gone"));

        // Then
        assertThat(suites().fetch(RUN, source).directory()).isEqualTo(first);
    }

    @Test
    void aSuiteComesOverHttpByItsBranchOrAnyOfItsCommits() throws Exception {
        // Given
        RevCommit first = commit("first of two");
        commit("second of two");
        try (GitServer server = new GitServer(git.getRepository())) {
            String place = "git+" + server.address() + "/os@";

            // When
            Fetched branch = suites().fetch(RUN, place + "main#suites/smoke");
            Fetched commit = suites().fetch(RUN, place + first.name() + "#suites/smoke");

            // Then
            assertThat(branch.directory().resolve("run")).exists();
            assertThat(commit.directory().resolve("run")).exists();
            assertThat(commit.origin()).isEqualTo(place + first.name() + "#suites/smoke");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "main#suites/none | the commit has nothing there",
                "nowhere#suites/smoke | the repository has no branch or tag called nowhere",
                "0123456789012345678901234567890123456789#a | the repository does not give it",
                "main#../etc | the path after # is relative",
                "main#/etc | the path after # is relative",
            })
    void whatIsNotThereIsNamedWithWhatToDo(String rest, String why) {
        assertThatExceptionOfType(StageFault.class)
                .isThrownBy(() -> suites().fetch(RUN, "git+file://" + directory.resolve("repository") + "@" + rest))
                .satisfies(fault -> assertThat(fault.fault()).isEqualTo(Fault.SUITE_MISSING))
                .withMessageContaining(why);
        assertThat(left()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "git+https://host/os | write git+https://host/repository@ref#path",
                "git+https://me:secret@host/os@main | a password does not belong into a source",
                "git+ssh://git@host/os@main | git+ssh is not spoken here: write git+https or oci",
                "git+file:///nowhere/at/all@main | there is no such repository",
                "svn://host/os | write git+https://host/repository@ref#path",
            })
    void aSourceThatCannotBeIsRefused(String source, String why) {
        assertThatExceptionOfType(StageFault.class)
                .isThrownBy(() -> suites().fetch(RUN, source))
                .satisfies(fault -> assertThat(fault.fault()).isEqualTo(Fault.SUITE_MISSING))
                .withMessageContaining(why);
    }

    @Test
    void aRepositoryThatIsNotThereDiffersFromAHostThatDoesNotAnswer() throws Exception {
        // Given
        int closed;
        try (ServerSocket socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }
        try (GitServer server = new GitServer(git.getRepository())) {
            // Then
            assertThat(fault("git+" + server.address() + "/none@main")).isEqualTo(Fault.SUITE_MISSING);
            assertThat(fault("git+" + server.address() + "/secret@main")).isEqualTo(Fault.SUITE_MISSING);
            assertThat(fault("git+" + server.address() + "/broken@main")).isEqualTo(Fault.SUITE_SOURCE_UNAVAILABLE);
            assertThat(fault("git+http://127.0.0.1:" + closed + "/os@main")).isEqualTo(Fault.SUITE_SOURCE_UNAVAILABLE);
            assertThat(fault("git+https://127.0.0.1:" + closed + "/os@main")).isEqualTo(Fault.SUITE_SOURCE_UNAVAILABLE);
        }
    }

    @Test
    void aLinkInASuiteIsRefusedAndOneBesideItIsNot() throws Exception {
        // Given
        Files.createSymbolicLink(work("beside"), Path.of("/etc/passwd"));
        commit("a link beside");
        assertThat(suites().fetch(RUN, file("main", "suites/smoke")).directory())
                .isDirectory();
        Files.createSymbolicLink(work("suites/smoke/link"), Path.of("/etc/passwd"));
        String commit = commit("a link inside").name();

        // Then
        assertThatExceptionOfType(StageFault.class)
                .isThrownBy(() -> suites().fetch(RUN, file(commit, "suites/smoke")))
                .withMessageContaining("suites/smoke/link is a link: a suite consists of plain files");
    }

    private FetchedSuites suites() {
        return new FetchedSuites(
                List.of(new GitSource(Duration.ofSeconds(30), CLOCK)),
                new SuiteCache(directory.resolve("cache"), 1 << 20, CLOCK),
                new LocalLab(directory.resolve("home")));
    }

    private Fault fault(String source) {
        try {
            throw new AssertionError(suites().fetch(RUN, source).origin());
        } catch (StageFault e) {
            return e.fault();
        }
    }

    private List<Path> left() {
        if (!Files.isDirectory(directory.resolve("cache"))) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(directory.resolve("cache"))) {
            return entries.toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private String file(String ref, String path) {
        return "git+file://" + directory.resolve("repository") + "@" + ref + "#" + path;
    }

    private Path work(String path) {
        return directory.resolve("repository").resolve(path);
    }

    private void write(String path, String text) throws IOException {
        Files.createDirectories(work(path).getParent());
        Files.writeString(work(path), text);
    }

    private RevCommit commit(String message) throws GitAPIException, IOException {
        write("suites/smoke/count", message);
        git.add().addFilepattern(".").call();
        return git.commit()
                .setMessage(message)
                .setAuthor("A Test", "test@example.org")
                .setCommitter("A Test", "test@example.org")
                .setSign(false)
                .call();
    }
}
