package dev.bootproof.chaos.guest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/** The screen of a stand-in: one pixel. */
final class Screen {
    private static final String ONE_PIXEL =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    private Screen() {}

    /** Writes a picture of it, as PNG. */
    static void writeTo(Path file) throws IOException {
        Files.write(file, Base64.getDecoder().decode(ONE_PIXEL));
    }
}
