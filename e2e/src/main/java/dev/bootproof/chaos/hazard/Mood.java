package dev.bootproof.chaos.hazard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;

/** How the registry behaves just now; it is written in the file {@code registry.mood} below the storm's directory. */
enum Mood {
    /** As it does. */
    CALM("answers as it does"),
    /** Asks for a login. */
    UNAUTHORIZED("answers 401 to everybody"),
    /** Has had too many questions, and says when to ask again. */
    THROTTLED("answers 429 and says when to ask again"),
    /** Does not know what is wrong with it. */
    BROKEN("answers 500"),
    /** Takes questions and says nothing. */
    HANGING("takes requests and answers none"),
    /** Begins to send what it is asked for, and ends the connection. */
    TRUNCATING("ends the connection in the middle of each blob"),
    /** Sends what it is asked for, a few bytes at a time. */
    DRIPPING("sends blobs a few bytes at a time");

    private static final String FILE = "registry.mood";

    private final String words;

    Mood(String words) {
        this.words = words;
    }

    /** What it does, for people. */
    String words() {
        return words;
    }

    /** The name by which people ask for it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The present one. */
    static Mood of(Path directory) {
        try {
            return valueOf(Files.readString(directory.resolve(FILE)).strip());
        } catch (NoSuchFileException e) {
            return CALM;
        } catch (IOException e) {
            throw new IllegalStateException("the registry's mood cannot be read", e);
        }
    }

    /** Makes it the present one. */
    void rule(Path directory) throws IOException {
        Path draft = directory.resolve(FILE + ".new");
        Files.writeString(draft, name());
        Files.move(draft, directory.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
    }
}
