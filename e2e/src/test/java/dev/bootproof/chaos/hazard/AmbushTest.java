package dev.bootproof.chaos.hazard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.bootproof.chaos.hazard.agent.Trap;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real JVM with the real agent. */
class AmbushTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @TempDir
    private Path directory;

    private FakeLab lab;
    private Process victim;
    private BufferedWriter orders;
    private BufferedReader answers;

    @BeforeEach
    void start() throws IOException {
        lab = new FakeLab(directory);
        Path jdk = new ArmedJdk(directory, Path.of(System.getProperty("java.home"))).make(Map.of());
        new Saboteur(directory).prepare();
        String rules =
                point("before-work", false).rule() + point("after-work", true).rule() + Saboteur.CLOCK_RULE;
        Files.writeString(directory.resolve("rules/victim.btm"), rules);
        victim = new ProcessBuilder(jdk.resolve("bin/java").toString(), "-jar", jar().toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        orders = victim.outputWriter();
        answers = victim.inputReader();
        lab.runs("victim", victim.pid());
    }

    @AfterEach
    void end() {
        victim.destroyForcibly().onExit().join();
    }

    private static AmbushPoint point(String moment, boolean exit) {
        return new AmbushPoint("victim", moment, "chaos.hazard.Victim", "work", exit, "", "for the test");
    }

    /** Where a service has its jar, from which its name is read. */
    private Path jar() throws IOException {
        Path application = Files.createDirectories(directory.resolve("services/victim/target/quarkus-app"));
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Victim.class.getName());
        manifest.getMainAttributes()
                .put(
                        Attributes.Name.CLASS_PATH,
                        Path.of("target/test-classes").toUri().toString());
        Path jar = application.resolve("quarkus-run.jar");
        try (OutputStream file = Files.newOutputStream(jar)) {
            new JarOutputStream(file, manifest).close();
        }
        return jar;
    }

    private void order(String order) throws IOException {
        orders.write(order + "\n");
        orders.flush();
    }

    private Instant time() throws IOException {
        return Instant.parse(answers.readLine().substring("at ".length()));
    }

    /** The hazard waits for its victim. */
    private CompletableFuture<Mending> struck(AmbushPoint point) {
        CompletableFuture<Mending> struck = CompletableFuture.supplyAsync(() -> {
            try {
                return new Ambush(point, Duration.ofSeconds(60)).strike(lab, new Random(1));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        Path trap = directory.resolve("ambush/victim").resolve(point.moment());
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(trap).exists());
        return struck;
    }

    @Test
    void aServiceIsKilledWhereTheTrapIsAndStartedAgain() throws Exception {
        // Given
        order("one");
        assertThat(answers.readLine()).isEqualTo("did one");
        assertThat(time()).isNotNull();
        CompletableFuture<Mending> struck = struck(point("after-work", true));
        // When
        order("two");
        // Then
        assertThat(answers.readLine()).isEqualTo("did two");
        assertThat(answers.readLine()).isNull();
        assertThat(victim.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(victim.exitValue()).isEqualTo(137);
        struck.get(30, TimeUnit.SECONDS).mend();
        assertThat(lab.done()).containsExactly("start victim");
        assertThat(directory.resolve("ambush/victim")).isEmptyDirectory();
    }

    @Test
    void beforeTheWorkNothingOfItIsDone() throws Exception {
        // Given
        order("one");
        assertThat(answers.readLine()).isEqualTo("did one");
        assertThat(time()).isNotNull();
        CompletableFuture<Mending> struck = struck(point("before-work", false));
        // When
        order("two");
        // Then
        assertThat(answers.readLine()).isNull();
        struck.get(30, TimeUnit.SECONDS).mend();
        assertThat(lab.done()).containsExactly("start victim");
    }

    @Test
    void aTrapThatNobodySteppedOnIsTakenAwayAndWasNoFault() throws Exception {
        // Given
        order("one");
        assertThat(answers.readLine()).isEqualTo("did one");
        assertThat(time()).isNotNull();
        Ambush ambush = new Ambush(point("before-work", false), Duration.ofMillis(100));
        // When
        assertThatThrownBy(() -> ambush.strike(lab, new Random(1)))
                // Then
                .isInstanceOf(IOException.class)
                .hasMessageContaining("nobody came by");
        order("two");
        assertThat(answers.readLine()).isEqualTo("did two");
        assertThat(lab.done()).isEmpty();
    }

    @Test
    void aClockIsPutForwardAndRightAgain() throws Exception {
        // Given
        order("one");
        assertThat(answers.readLine()).isEqualTo("did one");
        assertThat(time()).isBefore(Instant.now().plus(Duration.ofMinutes(1)));
        Path file = Files.createDirectories(directory.resolve("clock")).resolve("victim");
        new Saboteur(directory).enter(lab, "victim");
        new Saboteur(directory).enter(lab, "victim");
        Files.writeString(file, "PT2H");
        // When
        order("two");
        // Then
        assertThat(answers.readLine()).isEqualTo("did two");
        assertThat(time()).isAfter(Instant.now().plus(Duration.ofMinutes(119)));
        Files.delete(file);
        order("three");
        assertThat(answers.readLine()).isEqualTo("did three");
        assertThat(time()).isBefore(Instant.now().plus(Duration.ofMinutes(1)));
    }

    @Test
    void anythingButAServiceIsLeftAlone() throws Exception {
        // When
        Process java = new ProcessBuilder(
                        directory.resolve("jdk/bin/java").toString(), "-XshowSettings:properties", "-version")
                .redirectErrorStream(true)
                .start();
        // Then
        assertThat(new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("java.home = " + System.getProperty("java.home"))
                .doesNotContain(Trap.DIRECTORY);
    }

    @Test
    void everyPointIsInTheCode() throws IOException {
        // When
        for (AmbushPoint point : AmbushPoints.ALL) {
            String file = "src/main/java/dev/bootproof/" + point.type().replace('.', '/') + ".java";
            Path source = point.type().startsWith("stage.")
                    ? ROOT.resolve("contracts/stage").resolve(file)
                    : ROOT.resolve("services").resolve(point.part()).resolve(file);
            // Then
            assertThat(Files.readString(source))
                    .as(point.hazard())
                    .containsPattern("\\b" + point.method() + "\\([A-Z]");
        }
        assertThat(AmbushPoints.ALL.stream().map(AmbushPoint::hazard)).doesNotHaveDuplicates();
    }
}
