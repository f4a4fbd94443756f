package dev.bootproof.poller.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Watches ten thousand streams of four registries, one of which takes five seconds for each answer, with one poller, and
 * prints how it does. The README says how it is called.
 */
public final class PollerBench {
    private static final int QUICK_HOSTS = 3;
    private static final Duration INTERVAL = Duration.ofSeconds(60);
    private static final Duration SLOW = Duration.ofSeconds(5);
    private static final Duration FIRST_LOOKS = Duration.ofMinutes(5);
    /** As many as a host of that kind can bear: eight at once, five seconds each, within the interval. */
    private static final int SLOW_STREAMS = 80;

    private final CountDownLatch never = new CountDownLatch(1);
    private final List<StandIn> quick = new ArrayList<>();
    private final StandIn slow = new StandIn(SLOW);
    private final int streams;
    private final int seconds;

    private PollerBench(int streams, int seconds) throws IOException {
        this.streams = streams;
        this.seconds = seconds;
        for (int n = 0; n < QUICK_HOSTS; n++) {
            quick.add(new StandIn(Duration.ZERO));
        }
    }

    /**
     * Runs once.
     *
     * @param arguments the poller's {@code quarkus-run.jar}, how many streams, for how many seconds
     */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length != 3) {
            throw new IllegalArgumentException(
                    "name the poller's quarkus-run.jar, the number of streams and of seconds");
        }
        Path directory = Files.createTempDirectory("poller-bench");
        PollerBench bench = new PollerBench(Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
        try (BenchLab lab = new BenchLab(directory)) {
            bench.run(lab, Path.of(arguments[0]), directory);
        } finally {
            bench.quick.forEach(StandIn::close);
            bench.slow.close();
            remove(directory);
        }
    }

    private void run(BenchLab lab, Path jar, Path directory) throws Exception {
        lab.startBroker();
        long began = System.nanoTime();
        Process poller = lab.startPoller(jar, Files.writeString(directory.resolve("catalog.yaml"), catalog()));
        awaitFirstLooks(poller, directory);
        double first = (System.nanoTime() - began) / 1e9;
        print("first looks at %d streams, from the start of the process: %.1f s".formatted(streams, first));
        long before = requests();
        long slowBefore = slow.requests();
        double cpu = cpuSeconds(poller);
        long least = memory(poller);
        long most = least;
        for (int second = 0; second < seconds; second++) {
            pause();
            most = Math.max(most, memory(poller));
        }
        report(
                lab,
                poller,
                new Window(requests() - before, slow.requests() - slowBefore, cpuSeconds(poller) - cpu, least, most));
    }

    private void report(BenchLab lab, Process poller, Window window) throws Exception {
        print("requests per second over %d s: %.1f (wanted: %.1f)"
                .formatted(seconds, (double) window.requests() / seconds, (double) streams / INTERVAL.toSeconds()));
        print("memory (RSS): %d MiB at the first looks' end, %d MiB at most, %d MiB at the end"
                .formatted(window.least() >> 10, window.most() >> 10, memory(poller) >> 10));
        print("processor: %.1f s in %d s; threads: %d".formatted(window.cpu(), seconds, threads(poller)));
        print("slow registry (%d s for each answer): %d requests, %d at once at most"
                .formatted(SLOW.toSeconds(), window.slow(), slow.mostAtOnce()));
        Duration gap = quick.stream()
                .map(StandIn::longestGap)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        print("longest time between two looks at one stream of the quick registries: %.1f s (interval %d s, +-10 %%)"
                .formatted(gap.toMillis() / 1000.0, INTERVAL.toSeconds()));
        lab.metrics()
                .lines()
                .filter(line -> line.startsWith("bootproof_look_lateness_seconds{"))
                .map(line -> line.replace("bootproof_look_lateness_seconds", "lateness ")
                        .replace(slow.address(), slow.address() + " (slow)"))
                .sorted()
                .forEach(PollerBench::print);
    }

    private record Window(long requests, long slow, double cpu, long least, long most) {}

    private String catalog() {
        StringBuilder text = new StringBuilder("""
                defaultPlan: boot
                plans:
                  boot:
                    recipe: {kind: rootfs, filesystem: ext4, sizeMiB: 2048, kernelArguments: [rw]}
                    phases:
                      - {name: boot, memoryMiB: 512, cpus: 1, bootTimeout: PT1M, suites: [{name: system, timeout: PT1M}]}
                    buildTimeout: PT1M
                    maxWait: PT1M
                streams:
                """);
        for (int n = 0; n < streams; n++) {
            StandIn host = n < SLOW_STREAMS ? slow : quick.get(n % QUICK_HOSTS);
            text.append("  - {image: \"%s/org/os-%d:latest\", interval: %s, onFirstSight: remember}%n"
                    .formatted(host.address(), n, INTERVAL));
        }
        return text.toString();
    }

    private void awaitFirstLooks(Process poller, Path directory) throws IOException, InterruptedException {
        long until = System.nanoTime() + FIRST_LOOKS.toNanos();
        while (quick.stream().mapToInt(StandIn::streams).sum() + slow.streams() < streams) {
            if (!poller.isAlive() || System.nanoTime() > until) {
                throw new IllegalStateException("the poller does not look at all streams; it says:\n"
                        + Files.readString(directory.resolve("poller.log")));
            }
            pause();
        }
    }

    private long requests() {
        return quick.stream().mapToLong(StandIn::requests).sum() + slow.requests();
    }

    private void pause() throws InterruptedException {
        if (never.await(1, TimeUnit.SECONDS)) {
            throw new IllegalStateException("nobody ends this");
        }
    }

    private static long memory(Process process) throws IOException {
        return status(process, "VmRSS:");
    }

    private static long threads(Process process) throws IOException {
        return status(process, "Threads:");
    }

    private static long status(Process process, String field) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc", String.valueOf(process.pid()), "status"))) {
            return lines.filter(line -> line.startsWith(field))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElse(0);
        }
    }

    private static double cpuSeconds(Process process) {
        return process.info().totalCpuDuration().map(Duration::toMillis).orElse(0L) / 1000.0;
    }

    private static void print(String line) {
        System.out.println(line);
    }

    private static void remove(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        }
    }
}
