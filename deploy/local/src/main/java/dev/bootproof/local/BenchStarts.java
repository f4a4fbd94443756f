package dev.bootproof.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * How long each service takes until it is ready, and how much memory it then has, without and with its AOT cache. Each
 * is started alone, beside a broker and a registry of its own.
 *
 * @param lab the lab whose installation is measured; it is not touched
 * @param terminal where it is told
 */
record BenchStarts(Lab lab, Terminal terminal) {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final long STEP_NANOS = Duration.ofMillis(5).toNanos();
    private static final int KIBI = 1024;

    /** A start. */
    private record Start(Duration ready, long residentMiB) {}

    void measure(BenchTable table) {
        table.heading("start of a service, alone: time until ready, memory then");
        Path home = temporary();
        Lab spare = with(home, "off");
        try {
            new Up(spare, Terminal.silent()).bring(EnumSet.of(Part.BROKER, Part.REGISTRY));
            for (Part part : Part.services()) {
                Start plain = start(with(home, "off"), part);
                Start cached = start(with(home, "use"), part);
                table.figure(part.word(), words(plain) + "   with the cache " + words(cached));
            }
        } finally {
            new Down(spare, Terminal.silent()).stop(EnumSet.allOf(Part.class));
            new Down(spare, Terminal.silent()).wipe();
        }
    }

    private static String words(Start start) {
        return BenchTable.seconds(start.ready()) + ", " + start.residentMiB() + " MiB";
    }

    private Lab with(Path home, String cache) {
        Map<String, String> environment = new HashMap<>(lab.user());
        environment.put("BOOTPROOF_HOME", home.toString());
        environment.put("BOOTPROOF_AOT", cache);
        return new Lab(Home.of(environment), lab.installation(), environment, Clock.systemUTC());
    }

    private Start start(Lab spare, Part part) {
        LabState state = spare.state();
        Detached process = spare.process(part, state);
        long begun = System.nanoTime();
        OsProcess running = process.start();
        try {
            while (!Health.ready(part, state)) {
                if (System.nanoTime() - begun > LIMIT.toNanos() || !running.alive()) {
                    throw Trouble.lab(part.word() + " did not become ready", "its log: " + process.log());
                }
                LockSupport.parkNanos(STEP_NANOS);
            }
            Duration took = Duration.ofNanos(System.nanoTime() - begun);
            return new Start(took, residentMiB(running.pid()));
        } finally {
            running.end(GRACE);
        }
    }

    private static long residentMiB(long pid) {
        try {
            return Files.readAllLines(Path.of("/proc", String.valueOf(pid), "status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / KIBI)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("bp-bench");
        } catch (IOException e) {
            throw Trouble.lab("no temporary directory: " + e.getMessage(), "set TMPDIR to one that can be written");
        }
    }
}
