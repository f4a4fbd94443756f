package dev.bootproof.testrunner.console;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Looks for accidents in what a machine said. */
public final class ConsoleLook {
    private final Accidents table;
    private final Map<String, Sighting> seen = new LinkedHashMap<>();

    /** Looks for these. */
    public ConsoleLook(Accidents table) {
        this.table = table;
    }

    /** Looks at a console, every line of which counts. */
    public void atConsole(String name, String text) {
        look(ConsoleText.of(name, text), ConsoleText::said).forEach(seen::putIfAbsent);
    }

    /** Looks at a journal, of which the kernel's lines count; what the console showed already is not counted twice. */
    public void atJournal(String name, String text) {
        look(ConsoleText.of(name, text), ConsoleText::saidByKernel).forEach(seen::putIfAbsent);
    }

    /** What was seen, in the order in which it was. */
    public Collection<Sighting> sightings() {
        return seen.values();
    }

    private Map<String, Sighting> look(ConsoleText text, Function<String, Optional<String>> reading) {
        Map<String, Sighting> found = new LinkedHashMap<>();
        for (int n = 0; n < text.lines().size(); n++) {
            String line = text.lines().get(n);
            int index = n;
            reading.apply(line).ifPresent(said -> {
                for (Accident accident : table.rows()) {
                    if (accident.pattern().matcher(said).find()) {
                        Sighting sighting = new Sighting(
                                accident, text.name(), text.first() + index, line.strip(), text.around(index), 1);
                        found.merge(accident.id(), sighting, (earlier, later) -> earlier.again());
                    }
                }
            });
        }
        return found;
    }
}
