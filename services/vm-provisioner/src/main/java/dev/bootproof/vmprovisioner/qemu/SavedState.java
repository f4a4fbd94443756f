package dev.bootproof.vmprovisioner.qemu;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/**
 * The one saved state of a machine, memory and disks, inside the overlays of its disks: as long as they are there, so is
 * it. QEMU's monitor for people is asked, because it finds the disks that take part by itself.
 *
 * @see <a href="https://www.qemu.org/docs/master/system/images.html">QEMU, VM snapshots</a>
 */
final class SavedState {
    private static final String NAME = "bootproof";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final QmpClient qmp;

    SavedState(QmpClient qmp) {
        this.qmp = qmp;
    }

    /** Whether the machine was saved. */
    boolean exists() throws IOException {
        for (JsonNode drive : qmp.execute("query-block", Map.of())) {
            for (JsonNode snapshot : drive.path("inserted").path("image").path("snapshots")) {
                if (snapshot.path("name").asText().equals(NAME)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Saves the machine, which goes on. */
    void save() throws IOException {
        ask("savevm " + NAME);
    }

    /** Puts the machine, which must stand still, back as it was saved; it stands still then too. */
    void load() throws IOException {
        ask("loadvm " + NAME);
    }

    /** The monitor is silent when all went well. */
    private void ask(String command) throws IOException {
        String words = qmp.execute("human-monitor-command", Map.of("command-line", command), PATIENCE)
                .asText()
                .strip();
        if (!words.isEmpty()) {
            throw new IOException(words);
        }
    }
}
