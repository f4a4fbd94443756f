package dev.bootproof.local;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/** Labs for tests. */
final class Labs {
    private Labs() {}

    /** A lab in this directory, started from this checkout. */
    static Lab in(Path home) {
        return Lab.of(
                Map.of(
                        "BOOTPROOF_HOME", home.toString(),
                        "BOOTPROOF_CHECKOUT", checkout().toString()),
                Clock.systemUTC());
    }

    static Path checkout() {
        return Path.of("../..").toAbsolutePath().normalize();
    }
}
