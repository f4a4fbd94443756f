package dev.bootproof.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Brings a lab up: starts what is not running and what was built anew, and waits until it is ready. Failure: what was
 * started goes on and is known, so that {@code up} can be tried again and {@code down} finds everything.
 *
 * @param lab the lab
 * @param terminal where it tells
 */
record Up(Lab lab, Terminal terminal) {
    private static final Duration READY = Duration.ofSeconds(90);
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final int TAIL = 12;

    /** Brings these parts up. */
    LabState bring(Set<Part> wanted) {
        lab.home().prepare();
        try (LabLock _ = LabLock.take(lab.home().lockFile())) {
            Secrets.bytes(lab.home().lab().secret());
            lab.file().update(state -> state.withPorts(lab.ports().choose(state)));
            terminal.passing("  starting what the services stand on");
            foundations(wanted);
            terminal.passing("  starting the services");
            Together.run(wanted.stream()
                    .filter(Part::service)
                    .map(part -> (Runnable) () -> bring(part))
                    .toList());
        }
        return lab.state();
    }

    private void foundations(Set<Part> wanted) {
        if (!wanted.contains(Part.BROKER)) {
            lab.running();
        }
        Stream<Runnable> parts = wanted.stream().filter(part -> !part.service()).map(part -> () -> bring(part));
        Runnable tools = () -> new ToolsDisk(lab.home(), lab.installation()).make(terminal);
        boolean booting = wanted.contains(Part.VM_PROVISIONER);
        Together.run(Stream.concat(parts, booting ? Stream.of(tools) : Stream.empty())
                .toList());
        new Topics(lab.state().address(Part.BROKER)).align();
    }

    /** Brings this part up, where what it stands on is there. */
    void bring(Part part) {
        LabState state = lab.state();
        Detached process = lab.process(part, state);
        String fingerprint = lab.fingerprint(part, process);
        boolean same = state.running(part)
                .filter(running -> running.fingerprint().equals(fingerprint))
                .isPresent();
        if (!same) {
            state.running(part).ifPresent(running -> {
                terminal.line("  " + part.word() + " has changed and is started anew");
                running.process().end(GRACE);
            });
            OsProcess started = process.start();
            lab.file()
                    .update(now -> now.with(
                            part, new LabState.Started(started, lab.clock().instant(), fingerprint)));
        }
        awaitReady(part);
    }

    private void awaitReady(Part part) {
        LabState state = lab.state();
        boolean ended = !Patience.until(READY, () -> state.running(part).isEmpty() || Health.ready(part, state));
        if (ended) {
            throw Trouble.lab(
                    part.word() + " is not ready after " + READY.toSeconds() + " s",
                    tail(lab.home().log(part)));
        }
        if (state.running(part).isEmpty()) {
            throw Trouble.lab(
                    part.word() + " ended while it was starting",
                    tail(lab.home().log(part)));
        }
    }

    private static String tail(Path log) {
        try {
            List<String> lines = Files.readAllLines(log);
            return "the end of its log " + log + ":\n"
                    + shown(lines.subList(Math.max(0, lines.size() - TAIL), lines.size()));
        } catch (IOException e) {
            return "its log " + log + " cannot be read";
        }
    }

    private static String shown(Collection<String> lines) {
        return lines.stream().map(line -> "    | " + line).collect(Collectors.joining("\n"));
    }
}
