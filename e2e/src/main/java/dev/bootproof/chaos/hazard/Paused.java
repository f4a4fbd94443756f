package dev.bootproof.chaos.hazard;

import dev.bootproof.chaos.ChaosLab;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * A part stands still for a while and then goes on as if nothing had happened.
 *
 * @param part which
 */
record Paused(String part) implements Hazard {
    private static final int PATIENCE = 10;

    @Override
    public String name() {
        return "pause-" + part;
    }

    @Override
    public Mending strike(ChaosLab lab, RandomGenerator random) throws IOException {
        long pid = lab.pid(part);
        signal("-STOP", pid);
        return () -> signal("-CONT", pid);
    }

    private static void signal(String signal, long pid) throws IOException {
        Process kill = new ProcessBuilder("kill", signal, String.valueOf(pid))
                .inheritIO()
                .start();
        try {
            if (!kill.waitFor(PATIENCE, TimeUnit.SECONDS) || kill.exitValue() != 0) {
                throw new IOException("kill " + signal + " " + pid + " did not do it");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
