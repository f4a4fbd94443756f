package dev.bootproof.chaos;

import dev.bootproof.chaos.guest.Script;
import dev.bootproof.events.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What is played in a storm: a plan for each script of the stand-ins, one with two phases, and streams that are watched;
 * or one plan, for real machines.
 *
 * @param registry host and port that images are named by
 * @param peer where the webhook of the plans leads
 * @param real whether machines are real
 */
record Repertoire(String registry, String peer, boolean real) {
    private static final String SUITE = "standin";
    private static final int STREAMS = 8;
    private static final String TWO_PHASES = "two-phases";
    private static final String REAL = "real";

    /** How often a plan is drawn; the usual case is a good image. */
    private static final int GOOD_SHARE = 10;

    private static final String REAL_PLAN = """
              real:
                recipe: {kind: rootfs, filesystem: ext4, sizeMiB: 2048, kernelArguments: ["root=/dev/vda", "rw"]}
                targets: [peer]
                phases:
                  - {name: boot, memoryMiB: 1024, cpus: 2, bootTimeout: PT4M, suites: [{name: standin, timeout: PT1M}]}
                buildTimeout: PT5M
                maxWait: PT30M
            """;

    private static final String SUITE_PROGRAM = """
            #!/bin/sh
            # The suite of a stand-in: notes that it runs, works for a moment, and ends as the script wants it.
            note() {
              [ -n "${CHAOS_DIR:-}" ] || return 0
              printf '{"at":"%s","kind":"%s","run":"%s","phase":%s,"suite":"%s","pid":%s}\\n' \\
                "$(date -u +%Y-%m-%dT%H:%M:%S.%NZ)" "$1" "$STANDIN_RUN" "$STANDIN_PHASE" "$BOOTPROOF_SUITE" \\
                "$STANDIN_PID" >> "$CHAOS_DIR/effects.jsonl"
            }
            note suite-started
            sleep 1
            [ "$STANDIN_SCRIPT" != hanging-suite ] || sleep 3600
            note suite-ended
            [ "$STANDIN_SCRIPT" != failing-suite ]
            """;

    /** The plans, and what may be said of their runs. */
    static Map<String, List<Verdict>> plans() {
        Map<String, List<Verdict>> plans = new TreeMap<>();
        Arrays.stream(Script.values()).forEach(script -> plans.put(script.word(), script.mayEnd()));
        plans.put(TWO_PHASES, Script.GOOD.mayEnd());
        plans.put(REAL, Script.GOOD.mayEnd());
        return plans;
    }

    /** The plan of each watched stream. */
    Map<String, String> streamPlans() {
        return IntStream.range(0, STREAMS).boxed().collect(Collectors.toMap(this::stream, Repertoire::planOf));
    }

    /** A plan for the next run. */
    String drawn(RandomGenerator random) {
        if (real) {
            return REAL;
        }
        List<String> names = played().toList();
        int choice = random.nextInt(names.size() + GOOD_SHARE);
        return choice < names.size() ? names.get(choice) : Script.GOOD.word();
    }

    /** The watched stream of this number. */
    String stream(int number) {
        return registry + "/stream-" + number + ":latest";
    }

    /** One of the watched streams. */
    String drawnStream(RandomGenerator random) {
        return stream(random.nextInt(STREAMS));
    }

    /** Writes the catalog; it appears whole. */
    void writeCatalog(Path file) throws IOException {
        String plans = played().map(this::plan).collect(Collectors.joining()) + REAL_PLAN;
        String streams = IntStream.range(0, real ? 0 : STREAMS)
                .mapToObj(n -> "  - {image: \"%s\", plan: %s, onFirstSight: run, interval: PT30S}\n"
                        .formatted(stream(n), planOf(n)))
                .collect(Collectors.joining());
        String catalog =
                "defaultPlan: " + REAL + "\nplans:\n" + plans + (streams.isEmpty() ? "" : "streams:\n" + streams)
                        + "targets:\n  peer: {kind: webhook, url: \"" + peer + "\"}\n";
        Path next = Files.writeString(file.resolveSibling(file.getFileName() + ".next"), catalog);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static Stream<String> played() {
        return plans().keySet().stream().filter(name -> !name.equals(REAL));
    }

    /** Every third stream publishes what fails. */
    private static String planOf(int stream) {
        return stream % 3 == 2 ? Script.FAILING_SUITE.word() : Script.GOOD.word();
    }

    private String plan(String name) {
        String script = name.equals(TWO_PHASES) ? Script.GOOD.word() : name;
        String second = name.equals(TWO_PHASES) ? phase("second") : "";
        return """
              %s:
                recipe: {kind: rootfs, filesystem: ext4, sizeMiB: 64, kernelArguments: ["root=/dev/vda", "rw", "standin.script=%s"]}
                targets: [peer]
                phases:
            %s    buildTimeout: PT1M
                maxWait: PT10M
            """.formatted(name, script, phase("boot") + second);
    }

    private static String phase(String name) {
        return "      - {name: %s, memoryMiB: 64, cpus: 1, bootTimeout: PT1M, suites: [{name: %s, timeout: PT10S}]}\n"
                .formatted(name, SUITE);
    }

    /** Writes the suite below this directory. */
    static void writeSuite(Path suites) throws IOException {
        Path program = Files.createDirectories(suites.resolve(SUITE)).resolve("run");
        Files.writeString(program, SUITE_PROGRAM);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
