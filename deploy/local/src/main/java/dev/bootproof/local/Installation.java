package dev.bootproof.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the launcher starts things from.
 *
 * @param checkout the root of the source tree
 * @param jdk the JDK that everything runs on
 */
record Installation(Path checkout, Path jdk) {
    /** What the {@code bootproof} script says, else what this process was started from. */
    static Installation of(Map<String, String> environment) {
        return new Installation(
                Path.of(environment.getOrDefault("BOOTPROOF_CHECKOUT", "."))
                        .toAbsolutePath()
                        .normalize(),
                Path.of(environment.getOrDefault("BOOTPROOF_JDK", System.getProperty("java.home"))));
    }

    /** A java command for something small that has to start quickly. */
    List<String> java(int heapMiB) {
        return new ArrayList<>(List.of(
                jdk.resolve("bin/java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx" + heapMiB + "m",
                "-XX:+ExitOnOutOfMemoryError"));
    }

    /** The directory of a built service. */
    Path application(Part part) {
        return checkout.resolve("services").resolve(part.word()).resolve("target/quarkus-app");
    }

    /** The list of the Debian packages that are needed, which the script reads too. */
    Path packages() {
        return checkout.resolve("deploy/local/packages");
    }

    Path toolsScript() {
        return checkout.resolve("suites/tools/build");
    }

    Path demoSources() {
        return checkout.resolve("deploy/local/demo-os");
    }

    Path demoScript() {
        return demoSources().resolve("build");
    }

    /** The home's own catalog where there is one, else the lab's. */
    Path catalog(Home home) {
        Path own = home.directory().resolve("catalog.yaml");
        return Files.exists(own) ? own : checkout.resolve("deploy/local/catalog.yaml");
    }
}
