package dev.bootproof.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * Ten thousand streams on one poller: the poller's own benchmark, which has a broker and registries of its own.
 *
 * @param lab the lab whose installation is measured; it is not touched
 * @param terminal where it is told
 */
record BenchStreams(Lab lab, Terminal terminal) {
    private static final String STREAMS = "10000";
    private static final String SECONDS = "75";

    void measure(BenchTable table) {
        table.heading(STREAMS + " streams of four registries, one of which takes five seconds for each answer");
        terminal.passing("  takes two minutes");
        try {
            Process process = new ProcessBuilder(command())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
                lines.lines().forEach(line -> table.line("  " + line));
            }
            if (process.waitFor() != 0) {
                throw Trouble.lab("the poller's benchmark did not succeed", String.join(" ", command()));
            }
        } catch (IOException e) {
            throw Trouble.lab("the poller's benchmark could not be started: " + e.getMessage(), "./bootproof doctor");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Trouble.lab("interrupted", "run it again");
        }
    }

    private List<String> command() {
        Installation installation = lab.installation();
        Path poller = installation.checkout().resolve("services/poller");
        return List.of(
                installation.jdk().resolve("bin/java").toString(),
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                "-cp",
                System.getProperty("java.class.path"),
                poller.resolve("src/test/java/dev/bootproof/poller/bench/PollerBench.java")
                        .toString(),
                installation.application(Part.POLLER).resolve("quarkus-run.jar").toString(),
                STREAMS,
                SECONDS);
    }
}
