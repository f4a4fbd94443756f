package dev.bootproof.testrunner;

import dev.bootproof.events.EventJson;
import dev.bootproof.events.Fault;
import dev.bootproof.events.Sample;
import dev.bootproof.stage.StageFault;
import dev.bootproof.testrunner.Suite.SuiteFile;
import dev.bootproof.testrunner.tar.Tar;
import io.quarkus.logging.Log;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The lab's corner in a guest, {@code /run/bootproof}, and what is done there. It lies in the guest's memory; nothing
 * is installed into the image. The scripts that do it are resources below {@code guest/}, and none of them does a
 * thing twice.
 */
final class Bench implements Place {
    private static final Duration SHORT = Duration.ofMinutes(1);
    private static final Duration STOPPING = Duration.ofSeconds(30);
    private static final Duration LAST_LOOK = Duration.ofSeconds(20);
    private static final int NO_TOOLS = 69;
    private static final int NO_PYTHON = 70;
    private static final int NO_SUMS = 71;
    private static final int FILE_LIMIT = 2 << 20;

    private final Guest guest;
    private final Screens screens;

    /** The corner in this guest, whose suites ask these for pictures of the screen. */
    Bench(Guest guest, Screens screens) {
        this.guest = guest;
        this.screens = screens;
    }

    /**
     * Sets the corner up and compares the sampled files.
     *
     * @throws StageFault when a file is not the image's, or when not every file could be compared
     */
    void setUp(List<Sample> samples) {
        String sums = samples.stream()
                .map(sample -> sample.content().hex() + "  " + sample.path() + "\n")
                .collect(Collectors.joining());
        Answer answer = ask(new Command(
                GuestScripts.SET_UP,
                out -> Tar.write(out, tar -> {
                    GuestScripts.addTo(tar);
                    tar.add("samples.sha256", sums.getBytes(StandardCharsets.UTF_8));
                }),
                SHORT));
        switch (answer.exit()) {
            case 0 -> SampleCheck.judge(samples, answer);
            case NO_SUMS ->
                throw new StageFault(
                        Fault.UNSUPPORTED,
                        "the image has no sha256sum, so its files cannot be compared in the machine");
            default -> throw new StageFault(Fault.GUEST_LOST, "its corner could not be set up: " + answer.summary());
        }
    }

    @Override
    public void start(Suite suite, Duration timeout, SuiteContext context) {
        String line = GuestScripts.reading(
                "start-suite", suite.name(), suite.source().value(), String.valueOf(timeout.toSeconds()));
        Answer answer = ask(new Command(
                line,
                out -> Tar.write(out, tar -> {
                    for (SuiteFile file : suite.files()) {
                        tar.add("suites/" + suite.name() + "/" + file.path(), file.executable(), file.file());
                    }
                    tar.add("context.json", EventJson.write(context));
                }),
                SHORT));
        switch (answer.exit()) {
            case 0 -> {}
            case NO_TOOLS -> throw new StageFault(Fault.TOOL_MISSING, "the machine has no disk with behave on it");
            case NO_PYTHON ->
                throw new StageFault(
                        Fault.UNSUPPORTED, "the image has no python3, which the suite " + suite.name() + " needs");
            default ->
                throw new StageFault(
                        Fault.SUITE_UNREADABLE, suite.name() + " could not be started: " + answer.summary());
        }
    }

    @Override
    public SuiteEnd await(String suite, Duration timeout) {
        try {
            return end(suite, timeout.plus(STOPPING));
        } catch (CommandTooSlow e) {
            Log.infof("nobody says how the suite %s went, asking on another connection", suite);
        }
        guest.close();
        try {
            return end(suite, LAST_LOOK);
        } catch (CommandTooSlow e) {
            throw new StageFault(Fault.SUITE_TIMEOUT, suite + ", which had " + timeout.toSeconds() + " s");
        }
    }

    /** A connection that hangs says nothing about the suite, so whoever judges by this asks twice. */
    private SuiteEnd end(String suite, Duration limit) {
        Command command = new Command(GuestScripts.line("await-suite", suite), limit);
        Answer answer = guest.run(command.heardBy(screens.of(suite)));
        SuiteEnd end = SuiteEnd.parse(answer.output().text());
        if (answer.exit() != 0 || end.unit().equals("gone")) {
            throw new StageFault(Fault.GUEST_LOST, "it restarted while the suite " + suite + " ran");
        }
        return end;
    }

    @Override
    public Map<String, Content> results(String suite) {
        return files(GuestScripts.line("collect-results", suite));
    }

    /** What the machine says about itself, by file name, each at most 2 MiB. */
    Map<String, Content> evidence() {
        return files(GuestScripts.line("collect-evidence"));
    }

    private Map<String, Content> files(String line) {
        Answer answer = ask(Command.files(line, SHORT));
        try {
            return Tar.read(answer.output(), FILE_LIMIT);
        } catch (IOException e) {
            throw new StageFault(Fault.GUEST_LOST, "it sent no archive: " + e.getMessage() + " " + answer.complaint());
        }
    }

    private Answer ask(Command command) {
        try {
            return guest.run(command);
        } catch (CommandTooSlow e) {
            throw new StageFault(Fault.GUEST_LOST, String.valueOf(e.getMessage()));
        }
    }
}
