package dev.bootproof.testrunner;

import dev.bootproof.events.EventJson;
import dev.bootproof.events.Fault;
import dev.bootproof.events.Names;
import dev.bootproof.stage.StageFault;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Where suites run on this host, as processes of their own against the guest. They are the lab's own or of a source that
 * its catalog names, and may do what this service may.
 *
 * <p>Failure: a suite outlives this service, up to its time, and is found again by the files in its directory.
 */
final class Beside implements Place {
    private static final Duration STOPPING = Duration.ofSeconds(30);

    private final Path directory;
    private final SshFiles ssh;
    private final URI machine;
    private final String path;

    /**
     * @param directory where suites of this phase run, each in its own
     * @param ssh the way into the guest
     * @param machine where the machine's owner answers
     * @param path where programs lie on this host
     */
    Beside(Path directory, SshFiles ssh, URI machine, String path) {
        this.directory = directory;
        this.ssh = ssh;
        this.machine = machine;
        this.path = path;
    }

    @Override
    public void start(Suite suite, Duration timeout, SuiteContext context) {
        BesideFiles files = files(suite.name());
        if (files.begun()) {
            return;
        }
        if (!suite.program() && !has("behave")) {
            throw new StageFault(
                    Fault.TOOL_MISSING, "behave, for suites beside the guest: apt-get install python3-behave");
        }
        try {
            files.prepare(suite, EventJson.write(context));
            files.launch(timeout, Names.machine(context.runId(), context.phase()), environment(files));
        } catch (IOException e) {
            throw new UncheckedIOException("the suite " + suite.name() + " cannot be started beside the guest", e);
        }
    }

    @Override
    public SuiteEnd await(String suite, Duration timeout) {
        BesideFiles files = files(suite);
        if (!files.await(timeout.plus(STOPPING))) {
            throw new StageFault(Fault.SUITE_TIMEOUT, suite + ", which had " + timeout.toSeconds() + " s");
        }
        return files.end(timeout);
    }

    @Override
    public Map<String, Content> results(String suite) {
        return files(suite).results();
    }

    /** Whether the suite runs or ran already. */
    boolean begun(String suite) {
        return files(suite).begun();
    }

    /** Takes the way into the guest away. */
    void forget() {
        ssh.remove();
    }

    private boolean has(String program) {
        return Arrays.stream(path.split(File.pathSeparator))
                .anyMatch(programs -> Files.isExecutable(Path.of(programs, program)));
    }

    private BesideFiles files(String suite) {
        return new BesideFiles(directory.resolve(suite));
    }

    /** Nothing of this service's own: it may hold secrets. */
    private Map<String, String> environment(BesideFiles files) {
        Map<String, String> variables = new HashMap<>(ssh.write());
        variables.put("PATH", path);
        variables.put("HOME", files.home().toString());
        variables.put("LANG", "C.UTF-8");
        variables.put("BOOTPROOF_CONTEXT", files.context().toString());
        variables.put("BOOTPROOF_RESULTS", files.left().toString());
        variables.put("BOOTPROOF_MACHINE", machine.toString());
        return variables;
    }
}
