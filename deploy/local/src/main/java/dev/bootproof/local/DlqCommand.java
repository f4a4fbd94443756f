package dev.bootproof.local;

import dev.bootproof.events.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists, shows and replays the records that nobody understood. */
@Command(
        name = "dlq",
        description = {
            "List the records that could not be understood and were put aside, newest first.",
            "dlq show shows one, dlq replay sends one again."
        })
final class DlqCommand implements Callable<Integer> {
    private static final String ID = "where it was written, as the list says: TOPIC:PARTITION:OFFSET";
    private static final int LONGEST_BODY = 4096;
    private static final int LONGEST_HEADER = 300;

    private final Lab lab;
    private final Terminal terminal;

    @Option(names = "--limit", defaultValue = "20", paramLabel = "N", description = "At most so many.")
    private int limit = 20;

    @Option(
            names = {"-o", "--output"},
            defaultValue = "text",
            description = Bootproof.OUTPUT)
    private Output output = Output.TEXT;

    DlqCommand(Lab lab, Terminal terminal) {
        this.lab = lab;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        List<DeadRecord> records = topics().newest(limit);
        if (output == Output.JSON) {
            Report.json(terminal, records);
            return 0;
        }
        if (records.isEmpty()) {
            terminal.line("nothing was put aside");
        }
        records.forEach(it -> terminal.line("%-24s  %s  %s%s"
                .formatted(it.id(), it.at(), it.run() == null ? "" : "of " + it.run() + ": ", it.reason())));
        return 0;
    }

    @Command(
            name = "show",
            description = "Show one record: its reason, headers and body, with nothing left to a terminal.")
    int show(
            @Parameters(paramLabel = "ID", description = ID) String id,
            @Option(
                            names = {"-o", "--output"},
                            defaultValue = "text",
                            description = Bootproof.OUTPUT)
                    Output format) {
        ConsumerRecord<String, byte[]> entry = topics().find(id);
        if (format == Output.JSON) {
            Report.json(terminal, json(entry));
            return 0;
        }
        DeadRecord told = DeadRecord.of(entry);
        terminal.line("record     " + terminal.strong(told.id()));
        terminal.line("written    " + Escaped.line(DeadRecord.header(entry, DeadLetter.TIME, "unknown")));
        terminal.line("put aside  " + told.at());
        terminal.line("reason     " + told.reason());
        terminal.line("field      " + told.field());
        terminal.line("run        " + (told.run() == null ? "none" : told.run()));
        terminal.line("key        " + (told.key() == null ? "none" : told.key()));
        headers(entry).forEach((name, value) -> terminal.line("header     " + name + ": " + value));
        body(entry).forEach(terminal::line);
        return 0;
    }

    @Command(
            name = "replay",
            description = {
                "Send one record to its topic again, with its key and body, as a new attempt.",
                "One that was of a run is tested again as a new run of the same digest under the same plan."
            })
    int replay(@Parameters(paramLabel = "ID", description = ID) String id) {
        ConsumerRecord<String, byte[]> entry = topics().find(id);
        new Replay(lab).of(entry).forEach(terminal::line);
        return 0;
    }

    private DeadLetterTopics topics() {
        return new DeadLetterTopics(new BusScan(lab.running().address(Part.BROKER)));
    }

    /** The headers that it had before it was put aside. */
    private static Map<String, String> headers(ConsumerRecord<String, byte[]> entry) {
        Map<String, String> all = new LinkedHashMap<>();
        for (Header header : entry.headers()) {
            if (!header.key().startsWith(DeadLetter.PREFIX)) {
                String value = header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
                all.put(Escaped.line(header.key(), LONGEST_HEADER), Escaped.line(value, LONGEST_HEADER));
            }
        }
        return all;
    }

    private static List<String> body(ConsumerRecord<String, byte[]> entry) {
        if (entry.value() == null) {
            return List.of("body       none");
        }
        int length = entry.value().length;
        List<String> lines = new ArrayList<>();
        lines.add("body       " + length + " bytes"
                + (length > LONGEST_BODY ? ", of which the first " + LONGEST_BODY : ""));
        Escaped.text(entry.value(), LONGEST_BODY)
                .lines()
                .map(line -> "  " + line)
                .forEach(lines::add);
        return lines;
    }

    /** For programs: the whole body, in base64 because it may be anything. */
    private static Map<String, Object> json(ConsumerRecord<String, byte[]> entry) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("record", DeadRecord.of(entry));
        json.put("written", Escaped.line(DeadRecord.header(entry, DeadLetter.TIME, "unknown")));
        json.put("headers", headers(entry));
        byte[] body = entry.value() == null ? new byte[0] : entry.value();
        json.put("body", Escaped.text(body, LONGEST_BODY));
        json.put("bodyBase64", Base64.getEncoder().encodeToString(body));
        return json;
    }
}
