package dev.bootproof.chaos;

import dev.bootproof.chaos.hazard.Hazard;
import dev.bootproof.chaos.hazard.Hazards;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command that proves what the README promises, by breaking a lab again and again. */
@Command(
        name = "./bootproof chaos",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description = {
            "Break a lab again and again while it tests, and prove that nothing is lost, doubled or left.",
            "It starts a lab of its own, fires runs whose machines are stand-ins, strikes one fault after another, and"
                    + " then goes through every topic, the registry, the processes and the directories."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:proven", "1:the claim is broken: see the table", "2:wrong usage", "3:it could not be told"})
final class Chaos implements Callable<Integer> {
    /** The word for a storm without any fault. */
    private static final String NONE = "none";

    private static final int BROKEN = 1;
    private static final int UNKNOWN = 3;

    private final PrintStream out;

    @Option(
            names = "--runs",
            paramLabel = "N",
            defaultValue = "60",
            description = "So many runs (default: ${DEFAULT-VALUE}).")
    private int runs;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "What the dice begin with; the same seed, the same storm.")
    private @Nullable Long seed;

    @Option(
            names = "--faults",
            paramLabel = "NAME",
            split = ",",
            description = "Only these, by name or by how their names begin; none for no fault at all.")
    private List<String> faults = List.of();

    @Option(names = "--list-faults", description = "Say which faults there are.")
    private boolean listing;

    @Option(
            names = "--open",
            paramLabel = "N",
            defaultValue = "6",
            description = "So many runs at a time (default: ${DEFAULT-VALUE}).")
    private int open;

    @Option(names = "--real", description = "With real machines that boot the demo OS, which takes its time.")
    private boolean real;

    @Option(names = "--keep", description = "Leave the lab as it is in the end, for somebody to look at.")
    private boolean keep;

    @Spec
    private CommandSpec command = CommandSpec.create();

    Chaos(PrintStream out) {
        this.out = out;
    }

    /** Runs the command and exits with its code. */
    public static void main(String[] arguments) {
        PrintStream out =
                new PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.out), true, StandardCharsets.UTF_8);
        int exit = new CommandLine(new Chaos(out))
                .setExecutionExceptionHandler((e, line, _) -> {
                    line.getErr().println("bootproof: " + e.getMessage());
                    e.printStackTrace(line.getErr());
                    return UNKNOWN;
                })
                .execute(arguments);
        System.exit(exit);
    }

    @Override
    public Integer call() throws Exception {
        if (listing) {
            Hazards.all().forEach(hazard -> out.printf("%-40s %s%n", hazard.name(), hazard.description()));
            return 0;
        }
        List<Hazard> hazards = chosenFaults();
        long chosen = seed == null ? new Random().nextInt(1, 1_000_000) : seed;
        Clock clock = Clock.systemUTC();
        Proof.Wish wish = new Proof.Wish(runs, open, chosen, hazards, real, keep);
        Proof proof = new Proof(wish, new Site(System.getenv(), clock), clock, out);
        out.println("seed " + chosen);
        boolean proven = proof.run();
        if (!proven) {
            out.println("again: " + again(chosen));
        }
        return proven ? 0 : BROKEN;
    }

    private List<Hazard> chosenFaults() {
        if (faults.equals(List.of(NONE))) {
            return List.of();
        }
        try {
            return faults.isEmpty() ? Hazards.all() : Hazards.named(faults);
        } catch (IllegalArgumentException e) {
            throw new CommandLine.ParameterException(command.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private String again(long chosen) {
        String chosenFaults = faults.isEmpty() ? "" : " --faults " + String.join(",", faults);
        return "./bootproof chaos --runs " + runs + " --seed " + chosen + " --open " + open + (real ? " --real" : "")
                + chosenFaults;
    }
}
