package dev.bootproof.testrunner;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** Results that behave 1.2.6 really wrote in a guest. */
final class Recorded {
    private Recorded() {}

    static Content file(String name) {
        try (InputStream in = Objects.requireNonNull(Recorded.class.getResourceAsStream("/recorded/" + name), name)) {
            return Content.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
