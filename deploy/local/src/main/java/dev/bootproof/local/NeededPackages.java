package dev.bootproof.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The Debian packages that Bootproof needs, from the list that the script installs from.
 *
 * @param list the list
 * @param path where programs are looked for
 * @param root whether the lab is root's
 */
record NeededPackages(Path list, String path, boolean root) {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final int COLUMNS = 4;

    /**
     * A line of the list.
     *
     * @param when when it is needed
     * @param what what must be there
     * @param name the package
     * @param purpose what for
     */
    record Needed(String when, String what, String name, String purpose) {
        private static Optional<Needed> of(String line) {
            String[] columns = line.strip().split(" +", COLUMNS);
            return line.startsWith("#") || columns.length < COLUMNS
                    ? Optional.empty()
                    : Optional.of(new Needed(columns[0], columns[1], columns[2], columns[3]));
        }
    }

    List<Needed> all() {
        return Script.content(list)
                .lines()
                .flatMap(line -> Needed.of(line).stream())
                .toList();
    }

    /** How it is with each of them. */
    List<Finding> findings() {
        return all().stream()
                .filter(needed -> !needed.when().equals("test"))
                .filter(needed -> !(needed.when().equals("user") && root))
                .map(this::finding)
                .toList();
    }

    private Finding finding(Needed needed) {
        String name = "package " + needed.name();
        if (there(needed.what())) {
            return Finding.good(name, needed.purpose());
        }
        String advice = "apt-get install --no-install-recommends " + needed.name();
        return needed.when().equals("plan")
                ? Finding.note(name, "not here; some plans need it: " + needed.purpose(), advice)
                : Finding.missing(name, "missing: " + needed.purpose(), advice + ", or ./bootproof up, which does it");
    }

    private boolean there(String what) {
        if (what.startsWith("/")) {
            return Files.exists(Path.of(what));
        }
        String program = what.substring(what.indexOf(':') + 1);
        Optional<Path> found = Program.find(program, path);
        return what.startsWith("static:")
                ? found.filter(NeededPackages::isStatic).isPresent()
                : found.isPresent();
    }

    private static boolean isStatic(Path program) {
        return Program.run(LIMIT, "ldd", program.toString())
                .filter(result -> !result.good())
                .isPresent();
    }

    /** The path of a user's environment, as the script widens it. */
    static String path(Lab lab) {
        return String.join(":", Arrays.asList(lab.user().getOrDefault("PATH", "/usr/bin:/bin"), "/usr/sbin", "/sbin"));
    }
}
