package dev.bootproof.chaos.hazard;

import dev.bootproof.chaos.ChaosLab;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Starts a service a second time, as the first was started but for its port and the name it has in its consumer group, so
 * that work moves to it; mended by ending it in the middle of that, politely or not, so that work moves back.
 *
 * <p>Two vm-provisioners on one host would count its memory twice and are not supported; the other five share.
 */
record SecondReplica() implements Hazard {
    private static final List<String> SHARING =
            List.of("poller", "disk-builder", "test-runner", "publisher", "janitor");
    private static final int TO_END = 20;

    @Override
    public String name() {
        return "second-replica";
    }

    @Override
    public String description() {
        return "a second replica of a service joins and leaves in the middle of its work";
    }

    @Override
    public Mending strike(ChaosLab lab, RandomGenerator random) throws IOException {
        String part = Services.any(SHARING, random);
        boolean politely = random.nextBoolean();
        Process replica = start(lab, part);
        return () -> end(replica, politely);
    }

    private static Process start(ChaosLab lab, String part) throws IOException {
        Path first = Path.of("/proc", String.valueOf(lab.pid(part)));
        ProcessBuilder builder = new ProcessBuilder(words(first.resolve("cmdline")))
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        lab.directory().resolve("second-" + part + ".log").toFile()));
        builder.environment().clear();
        for (String word : words(first.resolve("environ"))) {
            String[] pair = word.split("=", 2);
            builder.environment().put(pair[0], pair[1]);
        }
        builder.environment().put("QUARKUS_HTTP_PORT", String.valueOf(freePort()));
        builder.environment().put("BOOTPROOF_INSTANCE", "1");
        return builder.start();
    }

    private static List<String> words(Path file) throws IOException {
        String all = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        return Arrays.stream(all.split("\0")).toList();
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    private static void end(Process replica, boolean politely) throws IOException {
        if (politely) {
            replica.destroy();
        }
        try {
            if (!politely || !replica.waitFor(TO_END, TimeUnit.SECONDS)) {
                replica.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a second replica ended", e);
        }
    }
}
