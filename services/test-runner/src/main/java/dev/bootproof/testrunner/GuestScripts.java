package dev.bootproof.testrunner;

import dev.bootproof.testrunner.tar.Tar;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** The scripts that work in a guest, and the lines for the guest's shell, whichever it is, that call them. */
final class GuestScripts {
    /** Makes the corner, takes the scripts as a tar and prepares; {@code /run} may forbid programs and be small. */
    static final String SET_UP = drained("umask 022; mkdir -p /run/bootproof && { mountpoint -q /run/bootproof"
            + " || mount -t tmpfs -o mode=0755,nosuid,nodev bootproof /run/bootproof; }"
            + " && tar -xomf - -C /run/bootproof && sh /run/bootproof/guest/prepare");

    private static final List<String> NAMES = List.of(
            "prepare",
            "units",
            "start-suite",
            "run-suite",
            "run-plain",
            "await-suite",
            "has-begun",
            "screenshot",
            "screenshot-taken",
            "reboot",
            "collect-results",
            "collect-evidence");

    /** What suites call themselves; the others are read by the shell. */
    private static final String PROGRAM = "screenshot";

    private GuestScripts() {}

    /** Adds them to an archive. */
    static void addTo(Tar tar) throws IOException {
        for (String name : NAMES) {
            try (InputStream script = GuestScripts.class.getResourceAsStream("/guest/" + name)) {
                if (script == null) {
                    throw new FileNotFoundException("guest/" + name + " is not in this build");
                }
                tar.add("guest/" + name, name.equals(PROGRAM), script.readAllBytes());
            }
        }
    }

    /** The line that calls a script. */
    static String line(String script, String... arguments) {
        return "sh /run/bootproof/guest/" + script + " " + String.join(" ", arguments);
    }

    /** The line that calls a script which takes input. */
    static String reading(String script, String... arguments) {
        return drained(line(script, arguments));
    }

    /** Input is read to its end even after a failure: an SSH channel that closes early blocks its connection. */
    private static String drained(String line) {
        return "sh -c '" + line + "; code=$?; cat > /dev/null; exit $code'";
    }
}
