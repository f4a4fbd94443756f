package dev.bootproof.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Ends a run because somebody wants it ended. */
@Command(
        name = "cancel",
        description = {
            "End a run now, as skipped: cancelled by you.",
            "Nothing is said about its image, and what it made is removed."
        })
final class CancelCommand implements Callable<Integer> {
    private final Lab lab;
    private final Terminal terminal;

    @Parameters(paramLabel = "RUN", description = KnownRuns.NAME, completionCandidates = KnownRuns.Names.class)
    private String run = "";

    @Option(
            names = {"-o", "--output"},
            defaultValue = "text",
            description = Bootproof.OUTPUT)
    private Output output = Output.TEXT;

    CancelCommand(Lab lab, Terminal terminal) {
        this.lab = lab;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        LabState state = lab.running();
        String user = lab.user().getOrDefault("USER", System.getProperty("user.name"));
        JsonNode answer = JanitorClient.of(state).cancel(new KnownRuns(lab).run(run), user);
        if (output == Output.JSON) {
            Report.json(terminal, answer);
        } else {
            terminal.line(answer.path("sentence").asText());
        }
        return 0;
    }
}
