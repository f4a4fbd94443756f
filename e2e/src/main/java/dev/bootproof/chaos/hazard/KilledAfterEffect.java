package dev.bootproof.chaos.hazard;

import dev.bootproof.chaos.ChaosLab;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/**
 * Kills a service as soon as the world sees what it did, by the file in which stand-ins note that they run: the machine
 * is there, or the suite runs, and nobody has said so yet. Mended by starting the service again.
 *
 * @param part the service
 * @param effect the kind of effect, like {@code suite-started}
 */
record KilledAfterEffect(String part, String effect) implements Hazard {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(5);

    @Override
    public String name() {
        return "ambush-" + part + "-" + effect;
    }

    @Override
    public String description() {
        return "kill -9 of " + part + " as soon as the world sees its effect: " + effect;
    }

    @Override
    public Mending strike(ChaosLab lab, RandomGenerator random) throws IOException {
        if (!seen(lab.directory().resolve("effects.jsonl"))) {
            throw new IOException("no effect of this kind was seen within " + PATIENCE);
        }
        lab.kill(part);
        return () -> lab.start(part);
    }

    private boolean seen(Path file) throws IOException {
        String line = "\"kind\":\"" + effect + "\"";
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        try (RandomAccessFile effects = new RandomAccessFile(file.toFile(), "r")) {
            effects.seek(effects.length());
            while (System.nanoTime() < giveUp) {
                byte[] more = new byte[(int) (effects.length() - effects.getFilePointer())];
                effects.readFully(more);
                if (new String(more, StandardCharsets.UTF_8).contains(line)) {
                    return true;
                }
                LockSupport.parkNanos(LOOK_AGAIN.toNanos());
            }
            return false;
        }
    }
}
