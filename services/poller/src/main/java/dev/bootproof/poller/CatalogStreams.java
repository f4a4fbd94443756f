package dev.bootproof.poller;

import dev.bootproof.catalog.BadCatalog;
import dev.bootproof.catalog.Catalog;
import dev.bootproof.stage.BootproofConfig;
import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;

/**
 * The streams of the lab's catalog, as it stands in its file.
 *
 * <p>Failure: a catalog that cannot be used at the start is thrown as {@link BadCatalog}; later it is reported, with
 * every mistake in it, and the streams of the last good one stay.
 */
@ApplicationScoped
class CatalogStreams {
    private final Path file;
    private FileTime readAt;
    private volatile Streams good;
    private volatile String mistakes = "";

    CatalogStreams(BootproofConfig config) {
        this.file = config.catalog()
                .orElseThrow(() -> new IllegalStateException(
                        "no catalog is configured: say where it is in bootproof.catalog or BOOTPROOF_CATALOG"));
        this.readAt = changed(file);
        this.good = read(file);
    }

    /** The streams that count now. */
    Streams current() {
        return good;
    }

    /** What is wrong with the file, a line each; empty when nothing is. */
    String mistakes() {
        return mistakes;
    }

    /** Reads the file again where it has changed; true when other streams may count now. */
    synchronized boolean refresh() {
        FileTime changed = changed(file);
        if (changed.equals(readAt)) {
            return false;
        }
        readAt = changed;
        try {
            good = read(file);
            mistakes = "";
            Log.infof("catalog read again streams=%d", good.all().size());
            return true;
        } catch (RuntimeException e) {
            mistakes = String.valueOf(e.getMessage());
            Log.errorf("the catalog has mistakes, the last good one stays%n%s", mistakes);
            return false;
        }
    }

    private static Streams read(Path file) {
        return new Streams(Catalog.load(file, System.getenv()));
    }

    private static FileTime changed(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            return FileTime.fromMillis(0);
        }
    }
}
