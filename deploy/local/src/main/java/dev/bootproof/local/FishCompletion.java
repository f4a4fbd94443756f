package dev.bootproof.local;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Our commands as fish wants to know them: a line for each thing that can be completed. */
final class FishCompletion {
    private final String program;
    private final List<String> lines = new ArrayList<>();

    private FishCompletion(String program) {
        this.program = program;
    }

    static String of(String program, CommandLine all) {
        FishCompletion fish = new FishCompletion(program);
        fish.add("-f");
        all.getSubcommands().forEach((name, command) -> fish.command(name, command.getCommandSpec()));
        return String.join("\n", fish.lines) + "\n";
    }

    private void command(String name, CommandSpec spec) {
        if (spec.usageMessage().hidden()) {
            return;
        }
        add("-n __fish_use_subcommand -a " + name + " -d "
                + quoted(spec.usageMessage().description()));
        String within = "-n '__fish_seen_subcommand_from " + name + "'";
        for (Map.Entry<String, CommandLine> inner : spec.subcommands().entrySet()) {
            String description =
                    quoted(inner.getValue().getCommandSpec().usageMessage().description());
            add(within + " -a " + inner.getKey() + " -d " + description);
        }
        spec.options().forEach(option -> add(within + option(option)));
        spec.positionalParameters().forEach(parameter -> candidates(within, parameter));
    }

    private static String option(OptionSpec option) {
        StringBuilder line = new StringBuilder();
        for (String name : option.names()) {
            line.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
        }
        String values = values(option);
        if (option.arity().max() > 0) {
            line.append(values.isEmpty() ? " -r" : " -x -a " + values);
        }
        return line.append(" -d ").append(quoted(option.description())).toString();
    }

    private void candidates(String within, ArgSpec parameter) {
        String values = values(parameter);
        add(within + (values.isEmpty() ? " -F" : " -a " + values));
    }

    /** What can stand there, as one word for fish; nothing where anything can. */
    private static String values(ArgSpec argument) {
        Iterable<String> candidates = argument.completionCandidates();
        if (candidates == null) {
            return "";
        }
        List<String> words =
                StreamSupport.stream(candidates.spliterator(), false).toList();
        return words.contains(KnownRuns.Names.HERE)
                ? "'(set -l words (commandline -opc); $words[1] run-names 2>/dev/null)'"
                : "'" + String.join(" ", words) + "'";
    }

    private static String quoted(String[] description) {
        String first = description.length == 0 ? "" : description[0];
        return "'" + first.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    private void add(String line) {
        lines.add("complete -c " + program + " " + line);
    }
}
