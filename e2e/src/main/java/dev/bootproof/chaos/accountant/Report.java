package dev.bootproof.chaos.accountant;

import dev.bootproof.chaos.accountant.Violation.Kind;
import dev.bootproof.events.EventJson;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An audit as people and programs read it.
 *
 * @param audit what came of going through the books
 */
public record Report(Audit audit) {
    /** The table, and below it the violations by run. */
    public String text() {
        return Stream.concat(table(), violations()).collect(Collectors.joining("\n"));
    }

    /** The same as one JSON object. */
    public String json() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("proven", audit.proven());
        all.put("settled", audit.settled());
        all.put("counts", counts());
        all.put("totals", audit.totals());
        all.put("violations", audit.violations());
        return EventJson.mapper().valueToTree(all).toPrettyString();
    }

    private Map<String, Long> counts() {
        Map<String, Long> counts = new LinkedHashMap<>();
        Arrays.stream(Kind.values()).forEach(kind -> counts.put(kind.words(), audit.count(kind)));
        return counts;
    }

    private Stream<String> table() {
        Totals totals = audit.totals();
        List<String> rows = List.of(
                row("runs", String.valueOf(totals.runs())),
                row("verdicts", listed(totals.verdicts())),
                row("still in time", String.valueOf(totals.open())),
                row("settled", audit.settled() ? "yes" : "no: read too early"),
                row("faults", listed(totals.hazards())),
                row("late verdicts", String.valueOf(totals.late())),
                row("late lease lines", String.valueOf(totals.passedOver())),
                row("told again", String.valueOf(totals.toldAgain())),
                row("dead letters", String.valueOf(totals.putAside())));
        return Stream.concat(
                rows.stream(),
                counts().entrySet().stream().map(entry -> row(entry.getKey(), String.valueOf(entry.getValue()))));
    }

    private Stream<String> violations() {
        Map<String, List<Violation>> byRun = audit.violations().stream()
                .collect(Collectors.groupingBy(Violation::run, LinkedHashMap::new, Collectors.toList()));
        return byRun.entrySet().stream()
                .flatMap(entry -> Stream.concat(
                        Stream.of("", entry.getKey()), entry.getValue().stream().map(Report::line)));
    }

    private static String line(Violation violation) {
        return "  " + violation.kind().words() + ": " + violation.seen();
    }

    private static String listed(Map<String, Long> counts) {
        return counts.isEmpty()
                ? "none"
                : counts.entrySet().stream()
                        .map(entry -> entry.getValue() + " " + entry.getKey())
                        .collect(Collectors.joining(", "));
    }

    private static String row(String name, String value) {
        return "%-22s %s".formatted(name, value);
    }
}
