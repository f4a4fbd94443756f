package dev.bootproof.testrunner;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What is kept of a phase, by file name. What could not be had is named with its reason, never just absent. */
public final class Evidence {
    private final Map<String, Content> files = new LinkedHashMap<>();
    private final StringBuilder missing = new StringBuilder();

    /** Keeps a file. */
    void add(String name, Content content) {
        files.put(name, content);
    }

    /** Keeps files below a directory. */
    void addAll(String directory, Map<String, Content> found) {
        found.forEach((name, content) -> add(directory + name, content));
    }

    /** Keeps a file that the machine's owner may have given. */
    void addOr(String name, Optional<Content> content, String reason) {
        content.ifPresentOrElse(there -> add(name, there), () -> miss(name, reason));
    }

    /** Remembers what could not be had. */
    void miss(String name, String reason) {
        missing.append(name).append(": ").append(reason).append('\n');
    }

    /** All files, with {@code missing.txt} where something could not be had. */
    public Map<String, Content> files() {
        Map<String, Content> all = new LinkedHashMap<>(files);
        if (!missing.isEmpty()) {
            all.put("missing.txt", Content.of(missing.toString()));
        }
        return Collections.unmodifiableMap(all);
    }
}
