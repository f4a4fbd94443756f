package dev.bootproof.local;

import dev.bootproof.events.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The side disk with the tools that a guest may lack.
 *
 * @param home the lab's directory
 * @param installation where its script is
 */
record ToolsDisk(Home home, Installation installation) {
    private static final Duration LIMIT = Duration.ofMinutes(5);

    /** Makes it where it is missing or its script has changed. */
    void make(Terminal terminal) {
        Path recipe = home.toolsDisk().resolveSibling("recipe");
        String wanted = Digest.of(Script.content(installation.toolsScript())).value();
        if (Files.exists(home.toolsDisk()) && wanted.equals(Script.contentOrNothing(recipe))) {
            return;
        }
        terminal.line("  making the side disk with the test tools");
        List<String> arguments = List.of("--out", home.toolsDisk().toString());
        new Script(installation.toolsScript(), arguments, home.directory().resolve("logs/tools.log"))
                .run(LIMIT, terminal);
        try {
            Files.writeString(recipe, wanted);
        } catch (IOException e) {
            throw new UncheckedIOException(recipe + " could not be written", e);
        }
    }
}
