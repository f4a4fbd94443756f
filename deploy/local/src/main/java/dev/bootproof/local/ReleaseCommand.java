package dev.bootproof.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes away what is left of a run that was kept. */
@Command(
        name = "release",
        description = {
            "Remove what is left of a run that was kept, before its time is over.",
            "Verdict, evidence and page stay."
        })
final class ReleaseCommand implements Callable<Integer> {
    private final Lab lab;
    private final Terminal terminal;

    @Parameters(paramLabel = "RUN", description = KnownRuns.NAME, completionCandidates = KnownRuns.Names.class)
    private String run = "";

    @Option(
            names = {"-o", "--output"},
            defaultValue = "text",
            description = Bootproof.OUTPUT)
    private Output output = Output.TEXT;

    ReleaseCommand(Lab lab, Terminal terminal) {
        this.lab = lab;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        LabState state = lab.running();
        JsonNode answer = JanitorClient.of(state).release(new KnownRuns(lab).run(run));
        if (output == Output.JSON) {
            Report.json(terminal, answer);
            return 0;
        }
        terminal.line(answer.path("sentence").asText());
        answer.path("removed").forEach(removed -> terminal.line("  removed " + removed.asText()));
        return 0;
    }
}
