package dev.bootproof.diskbuilder;

import dev.bootproof.catalog.BadCatalog;
import dev.bootproof.catalog.Catalog;
import dev.bootproof.events.Fault;
import dev.bootproof.stage.BootproofConfig;
import dev.bootproof.stage.StageFault;
import io.quarkus.logging.Log;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The catalog as it stands in its file now.
 *
 * <p>Failure: a file that cannot be used is reported, with every mistake in it, and the last good catalog stays.
 */
@ApplicationScoped
class Catalogs {
    private final Optional<Path> file;
    private @Nullable FileTime readAt;
    private @Nullable Catalog good;
    private String mistakes = "";

    Catalogs(BootproofConfig config) {
        this.file = config.catalog();
    }

    /** Beside the rest of the start; whoever wants to know waits for it. */
    void start(@Observes StartupEvent event) {
        Thread.ofVirtual().name("catalog").start(this::refresh);
    }

    /**
     * The catalog that counts.
     *
     * @throws StageFault lab-bug, when there has never been a good one
     */
    synchronized Catalog current() {
        refresh();
        if (good == null) {
            throw new StageFault(Fault.LAB_BUG, "the catalog cannot be used: " + mistakes);
        }
        return good;
    }

    /** What is wrong with the file now, a line each; empty when nothing is. */
    synchronized String mistakes() {
        refresh();
        return mistakes;
    }

    /** Whether there is one to go by. */
    synchronized boolean usable() {
        return good != null;
    }

    private synchronized void refresh() {
        if (file.isEmpty()) {
            mistakes = "no catalog is configured: set BOOTPROOF_CATALOG to its path";
            return;
        }
        FileTime changed = changed(file.get());
        if (changed.equals(readAt)) {
            return;
        }
        readAt = changed;
        try {
            Catalog read = Catalog.load(file.get(), variables());
            good = read;
            mistakes = "";
            Log.infof(
                    "catalog read streams=%d plans=%s",
                    read.streams().size(), read.plans().keySet());
        } catch (BadCatalog e) {
            mistakes = String.valueOf(e.getMessage());
            Log.errorf("the catalog has mistakes%n%s", mistakes);
        }
    }

    private static FileTime changed(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            return FileTime.fromMillis(0);
        }
    }

    private static Map<String, String> variables() {
        Map<String, String> variables = new HashMap<>(System.getenv());
        System.getProperties().stringPropertyNames().forEach(name -> variables.put(name, System.getProperty(name)));
        return variables;
    }
}
