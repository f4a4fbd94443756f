package dev.bootproof.local;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands of the local lab. */
@Command(
        name = "./bootproof",
        mixinStandardHelpOptions = true,
        version = "bootproof 0.1.0",
        scope = CommandLine.ScopeType.INHERIT,
        description = "Boots every published OS image in a real VM and hangs a verdict on its digest.",
        synopsisSubcommandLabel = "COMMAND",
        usageHelpAutoWidth = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:passed, or done",
            "1:failed: the image",
            "2:wrong usage; the lab is not up",
            "3:errored: the lab could not tell, or could not do it",
            "4:skipped"
        })
final class Bootproof {
    private final Lab lab;
    private final Terminal terminal;

    Bootproof(Lab lab, Terminal terminal) {
        this.lab = lab;
        this.terminal = terminal;
    }

    /** Runs one command and exits with its code. */
    public static void main(String[] arguments) {
        Map<String, String> environment = System.getenv();
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        PrintStream errors = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        Lab lab = Lab.of(environment, Clock.systemUTC());
        int exit = run(lab, Terminal.of(out, environment), errors, arguments);
        out.flush();
        System.exit(exit);
    }

    /** Runs one command and says what to exit with. */
    static int run(Lab lab, Terminal terminal, PrintStream errors, String... arguments) {
        CommandLine line = commands(lab, terminal);
        line.setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(errors, true, StandardCharsets.UTF_8));
        line.setColorScheme(CommandLine.Help.defaultColorScheme(
                terminal.colours() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler((e, _, _) -> report(e, errors));
        return line.execute(arguments);
    }

    /** All commands that there are. */
    static CommandLine commands(Lab lab, Terminal terminal) {
        CommandLine line = new CommandLine(new Bootproof(lab, terminal));
        List.of(
                        new WatchCommand(lab, terminal),
                        new LogsCommand(lab, terminal),
                        new SshCommand(lab),
                        new RerunCommand(lab, terminal),
                        new CancelCommand(lab, terminal),
                        new ReleaseCommand(lab, terminal),
                        new DlqCommand(lab, terminal),
                        new Verify(lab, terminal),
                        new CatalogCommand(lab, terminal),
                        new SecretCommand(lab, terminal),
                        new DoctorCommand(lab, terminal),
                        new BenchCommand(lab, terminal),
                        new CompletionCommand(terminal),
                        new RunNamesCommand(lab, terminal))
                .forEach(line::addSubcommand);
        return line;
    }

    private static int report(Exception e, PrintStream errors) {
        if (e instanceof Trouble trouble) {
            errors.println("bootproof: " + trouble.getMessage());
            errors.println("  " + trouble.advice());
            return trouble.exitCode();
        }
        errors.println("bootproof: this should not have happened, and is a bug of the launcher:");
        e.printStackTrace(errors);
        return Trouble.LAB;
    }

    @Command(name = "up", description = "Start the lab: broker, registry and the six services; what runs stays.")
    int up(
            @Option(names = "--only", paramLabel = "PART", description = "Start only this part; may be repeated.")
                    @Nullable
                    List<String> only) {
        Set<Part> parts = parts(only);
        long begun = System.nanoTime();
        new Up(lab, terminal).bring(parts);
        new Report(terminal).up(lab, Duration.ofNanos(System.nanoTime() - begun));
        return 0;
    }

    @Command(name = "down", description = "Stop the lab and its virtual machines; what it stored stays.")
    int down(
            @Option(names = "--only", paramLabel = "PART", description = "Stop only this part; may be repeated.")
                    @Nullable
                    List<String> only,
            @Option(names = "--wipe", description = "Also remove everything that the lab stored.") boolean wipe) {
        new Down(lab, terminal).stop(parts(only));
        if (wipe && only == null) {
            new Down(lab, terminal).wipe();
        }
        return 0;
    }

    @Command(
            name = "status",
            description = "Show what of the lab runs, where, and how it is. Exits with 3 unless all is ready.")
    int status(
            @Option(
                            names = {"-o", "--output"},
                            defaultValue = "text",
                            description = OUTPUT)
                    Output output) {
        List<PartStatus> all = PartStatus.all(lab);
        new Report(terminal).status(lab, all, output);
        return all.stream().allMatch(PartStatus::ready) ? 0 : Trouble.LAB;
    }

    @Command(
            name = "demo",
            description = {
                "Start the lab, publish the demo OS into its registry, and watch what follows.",
                "Only the push is done by hand. A second demo publishes the same image under a new digest."
            })
    int demo(
            @Option(names = "--again", description = "Publish it once more, as a second demo does anyway.")
                    boolean again,
            @Option(names = "--no-follow", description = "Publish and return.") boolean silent) {
        LabState state = new Up(lab, terminal).bring(EnumSet.allOf(Part.class));
        terminal.line("the lab is up, and shows its runs on http://" + state.address(Part.PUBLISHER) + "/");
        return new Runs(lab, terminal).demo(silent);
    }

    @Command(name = "train", hidden = true, description = "Make the caches with which services start faster.")
    int train() {
        new Train(lab, terminal).run();
        return 0;
    }

    @Command(name = "run", description = "Test one image now, and follow the run to its verdict.")
    int run(
            @Parameters(paramLabel = "IMAGE", description = "registry/repository:tag, all of it") String image,
            @Option(names = "--plan", paramLabel = "NAME", description = "Another plan of the catalog.") @Nullable
                    String plan,
            @Option(
                            names = "--suite",
                            paramLabel = "NAME",
                            description = "Only this suite of the plan; may be repeated.")
                    @Nullable
                    List<String> suites,
            @Option(
                            names = "--keep",
                            paramLabel = "TIME",
                            converter = TimeConverter.class,
                            description = "Keep the machine so long after the verdict, as in 30m or 1h30m,"
                                    + " for ./bootproof ssh; where other runs need its memory it goes sooner.")
                    @Nullable
                    Duration keep,
            @Option(names = "--no-follow", description = "Print the run's name and return.") boolean silent) {
        return new Runs(lab, terminal).run(Fire.event(image, plan, keep, suites), silent);
    }

    @Command(name = "runs", description = "List the runs, newest first.")
    int runs(
            @Option(names = "--rejected", description = "List the events that were not understood instead.")
                    boolean rejected,
            @Option(names = "--limit", defaultValue = "20", paramLabel = "N", description = "At most so many.")
                    int limit,
            @Option(
                            names = {"-o", "--output"},
                            defaultValue = "text",
                            description = OUTPUT)
                    Output output) {
        return rejected ? new Runs(lab, terminal).rejected(limit, output) : new Runs(lab, terminal).list(limit, output);
    }

    @Command(name = "show", description = "Show one run.")
    int show(
            @Parameters(paramLabel = "RUN", description = KnownRuns.NAME, completionCandidates = KnownRuns.Names.class)
                    String run,
            @Option(
                            names = {"-o", "--output"},
                            defaultValue = "text",
                            description = OUTPUT)
                    Output output) {
        return new Runs(lab, terminal).show(run, output);
    }

    private static Set<Part> parts(@Nullable List<String> names) {
        return names == null || names.isEmpty()
                ? EnumSet.allOf(Part.class)
                : EnumSet.copyOf(names.stream()
                        .flatMap(name -> Arrays.stream(name.split(",", -1)))
                        .map(Part::named)
                        .toList());
    }

    static final String OUTPUT = "text or json";
}
