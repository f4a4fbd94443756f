package dev.bootproof.testrunner;

import dev.bootproof.events.Fault;
import dev.bootproof.events.SuitePlan;
import dev.bootproof.events.SuiteResult;
import dev.bootproof.stage.StageFault;
import dev.bootproof.testrunner.Suite.SuiteFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A command in the guest that has to succeed. It is run as a suite is: apart from the connection, and never twice.
 *
 * <p>Failure: what it said is kept, and the steps after it are not done.
 */
final class CommandStep {
    private final Place place;
    private final SuitePlan plan;
    private final Path directory;

    /**
     * @param place where it runs
     * @param plan the step
     * @param directory where its program may lie on this host
     */
    CommandStep(Place place, SuitePlan plan, Path directory) {
        this.place = place;
        this.plan = plan;
        this.directory = directory;
    }

    /**
     * Runs it, or waits for it where it runs already.
     *
     * @throws StageFault when it does not succeed
     */
    SuiteResult run(SuiteContext context, Evidence evidence) {
        String name = plan.name();
        place.start(program(), plan.timeout(), context);
        SuiteEnd end = place.await(name, plan.timeout());
        Map<String, Content> files = place.results(name);
        evidence.addAll("steps/" + name + "/", files);
        Integer exit = end.exit();
        if (exit == null || exit != 0) {
            throw new StageFault(Fault.STEP_FAILED, name + " " + how(end) + SuiteReader.lastWords(files));
        }
        return StepResults.passed(plan, end.duration());
    }

    private String how(SuiteEnd end) {
        if (end.unit().equals("timeout")) {
            return "was not done after " + plan.timeout().toSeconds() + " s";
        }
        return end.exit() == null ? "was ended by " + end.unit() : "exited with " + end.exit();
    }

    private Suite program() {
        Path file = directory.resolve(plan.name()).resolve("run");
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, "#!/bin/sh\n" + command() + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("the step " + plan.name() + " cannot be written to " + file, e);
        }
        return new Suite(plan.name(), StepResults.source(plan), List.of(new SuiteFile("run", true, file)));
    }

    private String command() {
        return Objects.requireNonNull(plan.command(), "a command step has a command");
    }
}
