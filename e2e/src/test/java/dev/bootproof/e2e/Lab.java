package dev.bootproof.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bootproof.e2e.Command.Outcome;
import dev.bootproof.events.EventJson;
import dev.bootproof.events.ImageRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A lab of the tests' own, driven as a person drives it: by the {@code bootproof} script and {@code kcat}. */
final class Lab implements AutoCloseable {
    /** The longest that a run may take on a slow machine. */
    static final Duration RUN = Duration.ofMinutes(5);

    private static final Path CHECKOUT =
            Path.of(System.getenv("BOOTPROOF_CHECKOUT")).toAbsolutePath().normalize();

    private final Path home;
    private final OtlpSink sink = new OtlpSink();
    private final Images images;
    private final GuestImages guests;
    private final Catalogue catalog;
    private final SuiteShelf suites;

    Lab() {
        try {
            home = Files.createTempDirectory("bp-e2e-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        images = new Images(CHECKOUT, this);
        guests = new GuestImages(CHECKOUT, Cache.ofThisUser(), images);
        catalog = new Catalogue(CHECKOUT.resolve("deploy/local/catalog.yaml"), home.resolve("catalog.yaml"));
        suites = new SuiteShelf(CHECKOUT, Path.of("target", "lab-suites").toAbsolutePath());
    }

    Path home() {
        return home;
    }

    Images images() {
        return images;
    }

    /** Images that are no container images. */
    GuestImages guests() {
        return guests;
    }

    /** What the lab watches and which plans it has. */
    Catalogue catalog() {
        return catalog;
    }

    /** Where the lab takes its suites from. */
    SuiteShelf suites() {
        return suites;
    }

    OtlpSink sink() {
        return sink;
    }

    /** Runs {@code ./bootproof} with these arguments. */
    Outcome bootproof(String... arguments) {
        return bootproof(Map.of(), arguments);
    }

    /** The same, in an environment that differs. */
    Outcome bootproof(Map<String, String> more, String... arguments) {
        List<String> command =
                new ArrayList<>(List.of(CHECKOUT.resolve("bootproof").toString()));
        command.addAll(Arrays.asList(arguments));
        Map<String, String> environment = new HashMap<>(Map.of(
                "BOOTPROOF_HOME", home.toString(),
                "BOOTPROOF_BUILD", "no",
                "JAVA_HOME", System.getProperty("java.home"),
                "OTEL_EXPORTER_OTLP_ENDPOINT", sink.endpoint(),
                "TEST_RUNNER_SUITES", suites.directory().toString()));
        environment.putAll(more);
        return new Command(command, environment, "").run(Duration.ofMinutes(10));
    }

    /** Starts what is not running, all of it or one part. */
    void up(String... arguments) {
        up(Map.of(), arguments);
    }

    /** Starts what is not running, in an environment that differs. */
    void up(Map<String, String> more, String... arguments) {
        List<String> all = new ArrayList<>(List.of("up"));
        all.addAll(Arrays.asList(arguments));
        Outcome outcome = bootproof(more, all.toArray(String[]::new));
        assertThat(outcome.exit()).as(outcome.toString()).isZero();
    }

    /** Stops one part in an orderly way. */
    void down(String part) {
        Outcome outcome = bootproof("down", "--only", part);
        assertThat(outcome.exit()).as(outcome.toString()).isZero();
    }

    /** Kills one part with SIGKILL and waits until it is gone. */
    void kill(String part) {
        ProcessHandle process = ProcessHandle.of(pid(part)).orElseThrow();
        process.destroyForcibly();
        process.onExit().orTimeout(10, java.util.concurrent.TimeUnit.SECONDS).join();
    }

    long pid(String part) {
        return state().path("processes").path(part).path("process").path("pid").asLong();
    }

    /** Host and port of a part. */
    String address(String part) {
        return "127.0.0.1:" + state().path("ports").path(part).asInt();
    }

    private JsonNode state() {
        try {
            return EventJson.mapper().readTree(home.resolve("lab.json").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Types a line into a topic, with nothing of ours. */
    void kcat(String line) {
        List<String> command = List.of("kcat", "-P", "-b", address("broker"), "-t", "digest-changed");
        Outcome outcome = new Command(command, Map.of(), line + "\n").run(Duration.ofSeconds(30));
        assertThat(outcome.exit()).as(outcome.toString()).isZero();
    }

    /** Fires a run of this image under this plan. */
    Run fire(ImageRef image, String plan) {
        int before = runs(image.toString()).size();
        kcat("{\"image\":\"%s\",\"plan\":\"%s\"}".formatted(image, plan));
        return awaitRun(image.toString(), before + 1);
    }

    Web web() {
        return new Web("http://" + address("publisher"));
    }

    /** The runs that there are of this image, newest first. */
    List<Run> runs(String image) {
        return web().json("/api/runs?limit=1000")
                .valueStream()
                .map(Run::new)
                .filter(run -> run.image().equals(image))
                .toList();
    }

    /** Waits until there are so many runs of this image and returns the newest. */
    Run awaitRun(String image, int count) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(runs(image)).hasSize(count));
        return runs(image).getFirst();
    }

    /** Waits for the verdict of a run. */
    Run awaitVerdict(String run) {
        return awaitVerdict(run, RUN);
    }

    /** Waits for the verdict of a run with several boots, which takes longer. */
    Run awaitVerdict(String run, Duration limit) {
        await().atMost(limit).untilAsserted(() -> assertThat(run(run).done()).isTrue());
        return run(run);
    }

    Run run(String run) {
        return new Run(web().json("/api/runs/" + run));
    }

    /** Waits until nothing is left of a run: no process, directory or file, and the book says so. */
    void awaitNothingLeft(String run) {
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            assertThat(run(run).leaseState()).isEqualTo("released");
            assertThat(leftovers(run)).isEmpty();
        });
    }

    /** Every process and path that carries the run's name, and all unfinished work. */
    List<String> leftovers(String run) {
        List<String> left = new ArrayList<>();
        ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains("bootproof-" + run))
                .forEach(process -> left.add("process " + process.pid()));
        left.addAll(list(home.resolve("runs"), run));
        left.addAll(list(home.resolve("work"), ""));
        left.addAll(list(Path.of(System.getProperty("java.io.tmpdir")), run));
        return left;
    }

    private static List<String> list(Path directory, String part) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(Path::toString)
                    .filter(path -> path.contains(part))
                    .filter(path -> !path.endsWith(".lock"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes the lab down and away; its logs stay in {@code target/lab-logs}. */
    @Override
    public void close() {
        Outcome outcome = bootproof("down");
        sink.close();
        keepLogs();
        Outcome wiped = bootproof("down", "--wipe");
        assertThat(outcome.exit()).as(outcome.toString()).isZero();
        assertThat(wiped.exit()).as(wiped.toString()).isZero();
    }

    private void keepLogs() {
        Path kept = Path.of("target", "lab-logs");
        try (Stream<Path> logs = Files.list(home.resolve("logs"))) {
            Files.createDirectories(kept);
            for (Path log : logs.toList()) {
                Files.copy(log, kept.resolve(log.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
