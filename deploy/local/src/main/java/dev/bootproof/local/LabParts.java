package dev.bootproof.local;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A lab in the hands of another program, which kills and starts its parts one by one: for tests of what a lab endures.
 * Parts are called as {@code ./bootproof status} calls them.
 */
public final class LabParts {
    private static final Duration TO_DIE = Duration.ofSeconds(30);

    private final Lab lab;
    private final Terminal terminal;

    private LabParts(Lab lab, Terminal terminal) {
        this.lab = lab;
        this.terminal = terminal;
    }

    /**
     * The lab that this environment names; its services are told what the environment holds for them.
     *
     * @param out where it tells what it does
     */
    public static LabParts of(Map<String, String> environment, Clock clock, PrintStream out) {
        return new LabParts(Lab.of(Map.copyOf(environment), clock), new Terminal(out, false, false));
    }

    /** Brings all of it up, as {@code ./bootproof up} does. */
    public void up() {
        new Up(lab, terminal).bring(EnumSet.allOf(Part.class));
    }

    /** Makes its directory and chooses its ports, so that addresses are known before anything runs. */
    public void prepare() {
        lab.home().prepare();
        Secrets.bytes(lab.home().lab().secret());
        lab.file().update(state -> state.withPorts(lab.ports().choose(state)));
    }

    /** Brings all of it up without the side disk with test tools, for machines that have no use for it. */
    public void upWithoutTools() {
        prepare();
        Up up = new Up(lab, terminal);
        Together.run(Stream.of(Part.BROKER, Part.REGISTRY)
                .map(part -> (Runnable) () -> up.bring(part))
                .toList());
        new Topics(lab.state().address(Part.BROKER)).align();
        Together.run(Part.services().stream()
                .map(part -> (Runnable) () -> up.bring(part))
                .toList());
    }

    /** Takes all of it down, and removes what it stored where that is wished. */
    public void down(boolean wipe) {
        new Down(lab, terminal).stop(EnumSet.allOf(Part.class));
        if (wipe) {
            new Down(lab, terminal).wipe();
        }
    }

    /** Starts a part that does not run, as it was started before, and returns when it is ready. */
    public void start(String part) {
        new Up(lab, terminal).bring(Part.named(part));
    }

    /** Kills a part with SIGKILL, where it runs, and returns when it is gone. */
    public void kill(String part) {
        lab.state().running(Part.named(part)).ifPresent(running -> {
            OsProcess process = running.process();
            process.kill();
            if (!Patience.until(TO_DIE, () -> !process.alive())) {
                throw Trouble.lab(part + " does not die", "look at its process " + process.pid());
            }
        });
    }

    /**
     * The process of a part.
     *
     * @throws Trouble when it does not run
     */
    public long pid(String part) {
        return lab.state()
                .running(Part.named(part))
                .orElseThrow(() -> Trouble.lab(part + " does not run", "start it first"))
                .process()
                .pid();
    }

    /** Host and port of a part. */
    public String address(String part) {
        return lab.state().address(Part.named(part));
    }

    /** The lab's directory. */
    public Path home() {
        return lab.home().directory();
    }

    /** The names of all parts: broker, registry, and the services. */
    public static List<String> names() {
        return Stream.of(Part.values()).map(Part::word).toList();
    }
}
