package dev.bootproof.local;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what a shell has to know to complete our commands. */
@Command(
        name = "completion",
        description = {
            "Print what a shell needs to complete commands, options, parts and the names of runs:",
            "  bash, zsh   source <(./bootproof completion bash)",
            "  fish        ./bootproof completion fish | source",
            "In zsh, autoload -U compinit && compinit comes first."
        })
final class CompletionCommand implements Callable<Integer> {
    private static final String PROGRAM = "bootproof";
    private static final String ASKED = "($(\"${COMP_WORDS[0]}\" run-names 2>/dev/null))";

    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish")
    private Shell shell = Shell.BASH;

    CompletionCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /** The shells that we know. */
    enum Shell {
        BASH,
        ZSH,
        FISH
    }

    @Override
    public Integer call() {
        CommandLine all = spec.root().commandLine();
        terminal.out()
                .print(
                        switch (shell) {
                            case BASH, ZSH -> bash(all);
                            case FISH -> FishCompletion.of(PROGRAM, all);
                        });
        return 0;
    }

    /** Names of runs are asked for when a person presses the key; {@code ./bootproof} is completed by its last part. */
    static String bash(CommandLine all) {
        return AutoComplete.bash(PROGRAM, all).replace("(\"" + KnownRuns.Names.HERE + "\")", ASKED);
    }
}
