package dev.bootproof.local;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a person would have read. */
final class Screen {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Terminal terminal() {
        return new Terminal(stream(), false, false);
    }

    PrintStream stream() {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    List<String> lines() {
        return text().lines().toList();
    }
}
