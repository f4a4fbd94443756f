package dev.bootproof.chaos.hazard;

import dev.bootproof.chaos.hazard.agent.Trap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A JDK that is another one, but for one thing: a service that it starts is told what the storm wants it to know. The
 * launcher, the broker and what a service starts in turn are left alone.
 *
 * @param directory the storm's directory
 * @param jdk the JDK that it is
 */
record ArmedJdk(Path directory, Path jdk) {
    /** The options of every service. */
    private static final String ALL = "all";

    /**
     * Makes it.
     *
     * @param told properties that every service is told
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
        Stream<String> properties = told.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(property -> "-D" + property.getKey() + "=" + property.getValue());
        new JvmOptions(directory)
                .write(
                        ALL,
                        Stream.concat(
                                        Stream.of(
                                                "-XX:+EnableDynamicAgentLoading",
                                                "-D" + Trap.DIRECTORY + "=" + directory),
                                        properties)
                                .toList());
        return home;
    }

    private String script() {
        return """
                #!/bin/sh
                # Tells a service what the storm wants it to know, and starts anything else as it is.
                for argument; do
                  case $argument in */quarkus-run.jar) jar=$argument ;; esac
                done
                [ -n "${jar:-}" ] || exec '%1$s/bin/java' "$@"
                part=${jar%%/target/*}
                part=${part##*/}
                [ ! -e "%2$s/options/$part" ] || set -- "@%2$s/options/$part" "$@"
                exec '%1$s/bin/java' "@%2$s/options/all" "-Dchaos.part=$part" "$@"
                """.formatted(jdk, directory);
    }

    private static void link(Path link, Path target) throws IOException {
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, target);
    }
}
