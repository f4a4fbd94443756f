package dev.bootproof.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a service's JVM learnt in a trial run: its classes, loaded and linked, and what of them is hot. A service that
 * starts with it is ready in a third of the time. See JEP 514 and 515, and the Quarkus guide "AOT caching".
 *
 * @param application the directory of the built service
 * @param mode {@code record} for the trial, {@code off} to do without, else it is used where it fits
 */
record AotCache(Path application, String mode) {
    private static final String VARIABLE = "BOOTPROOF_AOT";

    static AotCache of(Path application, Map<String, String> environment) {
        return new AotCache(application, environment.getOrDefault(VARIABLE, ""));
    }

    /** Where it lies: beside what it was made of, so that a new build leaves no old one. */
    Path file() {
        return application.resolve("app.aot");
    }

    /** What the JVM is told; nothing where there is no cache that fits. */
    List<String> options() {
        if (mode.equals("record")) {
            return List.of("-XX:AOTCacheOutput=" + file());
        }
        return mode.equals("off") || !fits() ? List.of() : List.of("-XX:AOTCache=" + file());
    }

    /** The JVM looks closer and does without a cache that is not of these classes. */
    private boolean fits() {
        try {
            return Files.exists(file())
                    && Files.getLastModifiedTime(file())
                                    .compareTo(Files.getLastModifiedTime(application.resolve("quarkus-run.jar")))
                            > 0;
        } catch (IOException e) {
            return false;
        }
    }
}
