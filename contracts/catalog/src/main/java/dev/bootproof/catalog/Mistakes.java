package dev.bootproof.catalog;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The mistakes of one file, collected until all of it has been looked at. */
final class Mistakes {
    private final String file;
    private final List<Mistake> found = new ArrayList<>();

    Mistakes(String file) {
        this.file = file;
    }

    void add(int line, String sentence) {
        found.add(new Mistake(file, line, sentence));
    }

    void throwIfAny() {
        if (!found.isEmpty()) {
            throw new BadCatalog(found.stream()
                    .sorted(Comparator.comparingInt(Mistake::line))
                    .distinct()
                    .toList());
        }
    }
}
