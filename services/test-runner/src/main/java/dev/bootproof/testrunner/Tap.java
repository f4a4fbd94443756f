package dev.bootproof.testrunner;

import dev.bootproof.testrunner.TapLine.BailOut;
import dev.bootproof.testrunner.TapLine.Nonsense;
import dev.bootproof.testrunner.TapLine.Other;
import dev.bootproof.testrunner.TapLine.Plan;
import dev.bootproof.testrunner.TapLine.Result;
import dev.bootproof.testrunner.TapLine.Version;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads TAP 13 and 14 and KTAP. Subtests are whatever is indented further, whose result is the next line that is not.
 * Tests that were planned and did not run are a failure of their own, and so is bailing out.
 */
final class Tap {
    private static final int DEEPEST = 32;
    private static final int MESSAGE = 4096;
    private static final String DETAILS = "---";
    private static final String END_OF_DETAILS = "...";

    /** What the kernel writes before each line of its log. */
    private static final Pattern CLOCK =
            Pattern.compile("^(?:<[0-9]{1,3}>)?\\[ *[0-9]{1,12}\\.[0-9]{1,9}\\](?:\\[ *[TC][0-9]{1,9}\\])? ");

    private final String file;
    private final Deque<TapLevel> levels = new ArrayDeque<>();
    private final StringBuilder said = new StringBuilder();
    private @Nullable Result open;
    private boolean kernel;
    private boolean details;
    private boolean bailed;
    private int results;

    private Tap(String file) {
        this.file = file;
        levels.push(new TapLevel(0));
    }

    /** Reads all of these files, by name. */
    static Reading read(Map<String, Content> files) {
        Tally tally = new Tally();
        for (Map.Entry<String, Content> file : files.entrySet()) {
            Content content = file.getValue();
            if (content.cut()) {
                return new Reading.Unreadable(file.getKey() + " is larger than " + content.size() + " bytes");
            }
            Optional<String> mistake = new Tap(file.getKey()).read(content, tally);
            if (mistake.isPresent()) {
                return new Reading.Unreadable(mistake.get());
            }
        }
        return tally.reading(String.join(", ", files.keySet()));
    }

    private Optional<String> read(Content content, Tally tally) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(content.stream(), StandardCharsets.UTF_8))) {
            int number = 0;
            for (String line = lines.readLine(); line != null && !bailed; line = lines.readLine()) {
                number++;
                Optional<String> mistake = take(CLOCK.matcher(line).replaceFirst(""));
                if (mistake.isPresent()) {
                    return Optional.of(file + ":" + number + ": " + mistake.get());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("what is in memory can be read", e);
        }
        finish().forEach(tally::add);
        return Optional.empty();
    }

    private List<TestCase> finish() {
        TapLevel top = at(0);
        return bailed ? top.all() : top.complete(file, true);
    }

    private Optional<String> take(String line) {
        int indent = indent(line);
        String text = line.substring(indent);
        if (inDetails(text, indent)) {
            return Optional.empty();
        }
        switch (TapLine.of(text)) {
            case Version version -> {
                kernel |= version.kernel();
                at(indent);
            }
            case Plan plan -> at(indent).plan(plan.tests());
            case Result result -> begin(result, indent);
            case BailOut out -> bailOut(out);
            case Other other -> say(other.text());
            case Nonsense nonsense -> {
                return Optional.of(nonsense.why());
            }
        }
        return limits();
    }

    private Optional<String> limits() {
        if (levels.size() > DEEPEST) {
            return Optional.of("tests are nested more than " + DEEPEST + " deep");
        }
        return results > Tally.MOST
                ? Optional.of("there are more than " + Tally.MOST + " tests: split the suite")
                : Optional.empty();
    }

    /** YAML below a test of TAP is no TAP, whatever stands in it. */
    private boolean inDetails(String text, int indent) {
        if (details) {
            details = !text.strip().equals(END_OF_DETAILS);
            if (details) {
                say(text);
            }
            return true;
        }
        details = open != null
                && indent > levels.element().indent()
                && text.strip().equals(DETAILS);
        return details;
    }

    private void begin(Result result, int indent) {
        results++;
        TapLevel level = at(indent);
        if (kernel) {
            level.add(result, message(result));
            return;
        }
        said.setLength(0);
        open = result;
    }

    /** The kernel says what went wrong before the result, everybody else after it. */
    private void close() {
        Result result = open;
        if (result != null) {
            levels.element().add(result, message(result));
            open = null;
        }
    }

    private String message(Result result) {
        String all = said.toString().strip();
        said.setLength(0);
        if (result.ok() && result.directive() == null) {
            return "";
        }
        String directed = result.directive() == null ? "" : (result.directive() + " " + result.reason()).strip();
        String message = (directed + "\n" + all).strip();
        return message.isEmpty() ? "not ok" : message;
    }

    private void bailOut(BailOut out) {
        at(0).adopt(List.of(TapLevel.aborted(file, ("it bailed out: " + out.reason()).strip())));
        bailed = true;
    }

    private void say(String text) {
        if (said.length() < MESSAGE && !text.startsWith("# Subtest")) {
            said.append(text.startsWith("# ") ? text.substring(2) : text).append('\n');
        }
    }

    /** The level of this indentation; those further in are complete. */
    private TapLevel at(int indent) {
        close();
        while (levels.element().indent() > indent) {
            TapLevel inner = levels.pop();
            levels.element().adopt(bailed ? inner.all() : inner.complete(file, false));
        }
        if (levels.element().indent() < indent) {
            levels.push(new TapLevel(indent));
        }
        return levels.element();
    }

    private static int indent(String line) {
        int indent = 0;
        while (indent < line.length() && (line.charAt(indent) == ' ' || line.charAt(indent) == '\t')) {
            indent++;
        }
        return indent;
    }
}
