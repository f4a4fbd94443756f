package dev.bootproof.local;

import dev.bootproof.events.EventJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.UnaryOperator;

/**
 * The file that says what of the lab runs where. It appears whole; several threads may change it.
 *
 * @param file its path
 */
record LabFile(Path file) {
    /**
     * What it says; the state of a lab that never was up where it is missing.
     *
     * @throws Trouble where it cannot be read
     */
    LabState read() {
        if (!Files.exists(file)) {
            return LabState.NONE;
        }
        try {
            return EventJson.mapper().readValue(file.toFile(), LabState.class);
        } catch (IOException e) {
            throw Trouble.lab(
                    file + " cannot be read: " + e.getMessage(), "if it is damaged, remove it and run ./bootproof up");
        }
    }

    /** Changes it. */
    LabState update(UnaryOperator<LabState> change) {
        synchronized (LabFile.class) {
            LabState state = change.apply(read());
            write(state);
            return state;
        }
    }

    private void write(LabState state) {
        Path whole = file.resolveSibling(file.getFileName() + ".new");
        try {
            EventJson.mapper().writerWithDefaultPrettyPrinter().writeValue(whole.toFile(), state);
            Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " could not be written", e);
        }
    }
}
