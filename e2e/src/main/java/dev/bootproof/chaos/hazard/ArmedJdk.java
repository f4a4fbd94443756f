package dev.bootproof.chaos.hazard;

import dev.bootproof.chaos.hazard.agent.ShiftedClock;
import dev.bootproof.chaos.hazard.agent.Trap;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.byteman.agent.Main;

/**
 * A JDK that is another one, but for one thing: a service that it starts carries the agent with which it can be killed
 * at exact points and told another time. The launcher, the broker and what a service starts in turn are left alone.
 *
 * @param directory the storm's directory
 * @param jdk the JDK that it is
 */
record ArmedJdk(Path directory, Path jdk) {
    /** What every service is told; {@code java} reads it as an argument file. */
    private static final String ALL = "all";

    static final String CLOCK_RULE = """
            RULE clock
            CLASS dev.bootproof.stage.LabBeans
            METHOD clock
            AT EXIT
            IF TRUE
            DO RETURN dev.bootproof.chaos.hazard.agent.ShiftedClock.over($!)
            ENDRULE
            """;

    /**
     * Makes it.
     *
     * @param told properties that every service is told besides
     * @return its directory, for {@code JAVA_HOME}
     */
    Path make(Map<String, String> told) throws IOException {
        Path home = directory.resolve("jdk");
        Path bin = Files.createDirectories(home.resolve("bin"));
        link(bin.resolve("javac"), jdk.resolve("bin/javac"));
        link(home.resolve("release"), jdk.resolve("release"));
        Path java = bin.resolve("java");
        Files.writeString(java, script());
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        writeAgent();
        for (String part : Services.ALL) {
            Files.writeString(rules().resolve(part + ".btm"), rules(part));
        }
        new JvmOptions(directory).write(ALL, tell(told));
        return home;
    }

    private String script() {
        return """
            #!/bin/sh
            # Starts a service with the agent that faults are injected by, and anything else as it is.
            for argument; do
              case $argument in */quarkus-run.jar) jar=$argument ;; esac
            done
            [ -n "${jar:-}" ] || exec '%1$s/bin/java' "$@"
            part=${jar%%/target/*}
            part=${part##*/}
            [ ! -e "%2$s/options/$part" ] || set -- "@%2$s/options/$part" "$@"
            exec '%1$s/bin/java' "@%2$s/options/all" "-Dchaos.part=$part" \\
              "-javaagent:%3$s=script:%2$s/rules/$part.btm,boot:%3$s,boot:%2$s/agent.jar" "$@"
            """.formatted(jdk, directory, byteman());
    }

    private Path rules() throws IOException {
        return Files.createDirectories(directory.resolve("rules"));
    }

    private static String rules(String part) {
        return AmbushPoints.ALL.stream()
                .filter(point -> point.part().equals(part))
                .map(AmbushPoint::rule)
                .collect(Collectors.joining("", CLOCK_RULE, ""));
    }

    private List<String> tell(Map<String, String> told) {
        return Stream.concat(
                        Stream.of("-D" + Trap.DIRECTORY + "=" + directory),
                        told.entrySet().stream()
                                .sorted(Map.Entry.comparingByKey())
                                .map(it -> "-D" + it.getKey() + "=" + it.getValue()))
                .toList();
    }

    private void writeAgent() throws IOException {
        try (OutputStream file = Files.newOutputStream(directory.resolve("agent.jar"));
                JarOutputStream jar = new JarOutputStream(file)) {
            for (Class<?> type : List.of(Trap.class, ShiftedClock.class)) {
                String name = type.getName().replace('.', '/') + ".class";
                jar.putNextEntry(new JarEntry(name));
                try (InputStream code = type.getClassLoader().getResourceAsStream(name)) {
                    Objects.requireNonNull(code, name).transferTo(jar);
                }
            }
        }
    }

    private static Path byteman() {
        try {
            return Path.of(Main.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("Byteman is not in a file", e);
        }
    }

    private static void link(Path link, Path target) throws IOException {
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, target);
    }
}
