package dev.bootproof.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Where a storm takes place.
 *
 * @param environment what the {@code bootproof} script says
 * @param clock the time
 */
record Site(Map<String, String> environment, Clock clock) {
    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    /** A new directory for the storm's files, which stay. */
    Path directory(long seed) throws IOException {
        String checkout = environment.getOrDefault("BOOTPROOF_CHECKOUT", ".");
        String name = STAMP.format(clock.instant()) + "-" + seed;
        return Files.createDirectories(
                Path.of(checkout, "target", "chaos", name).toAbsolutePath().normalize());
    }

    /** A new directory for a lab, with a path that is short enough for sockets. */
    Path home() throws IOException {
        Path home = Files.createTempDirectory("bp-chaos-");
        Files.delete(home);
        return home;
    }

    /** The demo OS as an OCI layout; made once, from Debian packages. */
    Path demo() throws IOException {
        Path checkout = Path.of(environment.getOrDefault("BOOTPROOF_CHECKOUT", "."))
                .toAbsolutePath()
                .normalize();
        Path layout = checkout.resolve("target/chaos/demo-os");
        if (Files.exists(layout.resolve("index.json"))) {
            return layout;
        }
        Path script = checkout.resolve("deploy/local/demo-os/build");
        Process build = new ProcessBuilder(script.toString(), "--out", layout.toString())
                .redirectErrorStream(true)
                .redirectOutput(checkout.resolve("target/chaos/demo-os.log").toFile())
                .start();
        try {
            if (!build.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS) || build.exitValue() != 0) {
                build.destroyForcibly();
                throw new IOException("the demo OS could not be made, see target/chaos/demo-os.log");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the demo OS was made", e);
        }
        return layout;
    }
}
