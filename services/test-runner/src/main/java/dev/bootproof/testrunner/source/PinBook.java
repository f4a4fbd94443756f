package dev.bootproof.testrunner.source;

import dev.bootproof.events.Digest;
import dev.bootproof.events.LocalLab;
import dev.bootproof.events.RunId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.UnaryOperator;

/**
 * What the sources of a run pointed at when they were first asked. It lies in the run's directory, so that a service
 * which was killed and an event that comes again see the same.
 */
final class PinBook {
    private final LocalLab lab;

    PinBook(LocalLab lab) {
        this.lab = lab;
    }

    /** The source as it is pinned for this run; asked for where it is not yet. */
    SourceRef pin(RunId run, SourceRef source, UnaryOperator<SourceRef> ask) {
        Path directory = lab.run(run).resolve("sources");
        Path file = directory.resolve(Digest.of(source.toString()).hex());
        try {
            if (Files.exists(file)) {
                return SourceRef.parse(Files.readString(file).strip());
            }
            SourceRef pinned = ask.apply(source);
            Files.createDirectories(directory);
            Path unfinished = Files.writeString(Files.createTempFile(directory, "new-", ""), pinned + "\n");
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            return pinned;
        } catch (IOException e) {
            throw new UncheckedIOException("what " + source + " points at cannot be noted in " + directory, e);
        }
    }
}
