package dev.bootproof.testrunner;

import dev.bootproof.testrunner.tar.Tar;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** The scripts that work in a guest. */
final class GuestScripts {
    private static final List<String> NAMES =
            List.of("prepare", "start-suite", "run-suite", "await-suite", "collect-results", "collect-evidence");

    private GuestScripts() {}

    /** Adds them to an archive. */
    static void addTo(Tar tar) throws IOException {
        for (String name : NAMES) {
            try (InputStream script = GuestScripts.class.getResourceAsStream("/guest/" + name)) {
                if (script == null) {
                    throw new FileNotFoundException("guest/" + name + " is not in this build");
                }
                tar.add("guest/" + name, script.readAllBytes());
            }
        }
    }
}
