package dev.bootproof.testrunner;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What is kept of a phase, by file name. What could not be had is named with its reason, never just absent. */
public final class Evidence {
    /** What a guest's files may fill together, in bytes. */
    static final int MOST_OF_A_GUEST = 8 << 20;

    private final Map<String, Content> files = new LinkedHashMap<>();
    private final Map<String, Path> pictures = new LinkedHashMap<>();
    private final StringBuilder missing = new StringBuilder();
    private int ofTheGuest;

    /** Keeps all that another one has; of its files, pictures are bounded already, the others here. */
    void add(Evidence part) {
        Map<String, Content> others = new LinkedHashMap<>();
        part.files.forEach((name, content) -> (isPicture(name) ? files : others).put(name, content));
        addAll("", others);
        pictures.putAll(part.pictures);
        missing.append(part.missing);
    }

    private static boolean isPicture(String name) {
        return name.contains("/screenshots/");
    }

    /** Keeps a file. */
    public void add(String name, Content content) {
        files.put(name, content);
    }

    /** Keeps files of the guest below a directory, until they are too many. */
    void addAll(String directory, Map<String, Content> found) {
        found.forEach((name, content) -> {
            if (ofTheGuest + content.size() > MOST_OF_A_GUEST) {
                miss(directory + name, "the guest's files fill " + (MOST_OF_A_GUEST >> 20) + " MiB without it");
                return;
            }
            if (content.cut()) {
                miss(directory + name, "only its first " + content.size() + " bytes are kept");
            }
            ofTheGuest += content.size();
            add(directory + name, content);
        });
    }

    /** Keeps a file that the machine's owner may have given. */
    void addOr(String name, Optional<Content> content, String reason) {
        content.ifPresentOrElse(there -> add(name, there), () -> miss(name, reason));
    }

    /** Keeps files of this host that are as large as pictures are; they have to stay until this is stored. */
    public void addPictures(Map<String, Path> found) {
        pictures.putAll(found);
    }

    /** Remembers what could not be had. */
    public void miss(String name, String reason) {
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

    /** The pictures, by file name, where they lie on this host. */
    public Map<String, Path> pictures() {
        return Collections.unmodifiableMap(pictures);
    }
}
