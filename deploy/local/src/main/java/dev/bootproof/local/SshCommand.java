package dev.bootproof.local;

import dev.bootproof.events.RunId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Logs in to the machine of a run. */
@Command(
        name = "ssh",
        synopsisSubcommandLabel = "",
        customSynopsis = "./bootproof ssh RUN [PHASE] [-- COMMAND...]",
        description = {
            "Log in to a run's machine as root, while it runs or is kept (run --keep).",
            "PHASE is a number, from 0; the newest machine that is up where it is left out.",
            "COMMAND is what to run in it; a shell where it is left out.",
            "The key is derived for the run and removed again; the host key is pinned."
        },
        exitCodeList = {"0-254:as the command in the machine", "2:wrong usage; there is no machine", "255:no connection"
        })
final class SshCommand implements Callable<Integer> {
    private final Lab lab;

    @Parameters(
            index = "0",
            paramLabel = "RUN",
            description = KnownRuns.NAME,
            completionCandidates = KnownRuns.Names.class)
    private String run = "";

    @Parameters(index = "1..*", arity = "0..*", hidden = true, description = "the phase and the command")
    private List<String> rest = new ArrayList<>();

    SshCommand(Lab lab) {
        this.lab = lab;
    }

    /** The machine and the command that the words after the run name. */
    record Wanted(@Nullable Integer phase, List<String> command) {
        /** A number that stands first is the phase. */
        static Wanted of(List<String> words) {
            boolean phase = !words.isEmpty() && words.getFirst().matches("p?[0-9]{1,3}");
            return phase
                    ? new Wanted(
                            Integer.valueOf(words.getFirst().replace("p", "")),
                            List.copyOf(words.subList(1, words.size())))
                    : new Wanted(null, List.copyOf(words));
        }
    }

    @Override
    public Integer call() {
        LabState state = lab.running();
        RunId wanted = new KnownRuns(lab).run(run);
        Wanted words = Wanted.of(rest);
        SshSession session = new SshSession(
                lab, wanted, new LiveMachine(state).of(wanted, words.phase()).ssh());
        return session.run(words.command());
    }
}
