package dev.bootproof.janitor;

import dev.bootproof.testing.KafkaResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;

/** A real broker, and an empty home that no other lab has. */
public class Lab extends KafkaResource {
    @Override
    public Map<String, String> start() {
        Map<String, String> config = new HashMap<>(super.start());
        try {
            config.put("bootproof.home", Files.createTempDirectory("janitor").toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return config;
    }
}
