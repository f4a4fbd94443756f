package dev.bootproof.local;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where people read. Colours and lines that change in place are for terminals only.
 *
 * @param out where lines go
 * @param live whether the last line may be overwritten
 * @param colours whether there are colours
 * @param changing how many lines at the end change in place
 */
record Terminal(PrintStream out, boolean live, boolean colours, AtomicInteger changing) {
    private static final String CLEAR_LINE = "\r\033[K";
    private static final String CLEAR_BELOW = "\r\033[J";
    private static final String UP = "\033[A";
    private static final String CUT = "\033[?7l";
    private static final String WRAP = "\033[?7h";

    Terminal(PrintStream out, boolean live, boolean colours) {
        this(out, live, colours, new AtomicInteger());
    }

    /** What the script found out about standard output. */
    static Terminal of(PrintStream out, Map<String, String> environment) {
        boolean terminal = environment.getOrDefault("BOOTPROOF_TERMINAL", "").equals("yes");
        boolean plain = !environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new Terminal(out, terminal, terminal && !plain);
    }

    /** One that nobody reads. */
    static Terminal silent() {
        return new Terminal(
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8), false, false);
    }

    void line(String text) {
        out.println(live ? CLEAR_LINE + text : text);
        out.flush();
    }

    /** A line that the next one overwrites; nothing where lines cannot be overwritten. */
    void passing(String text) {
        if (live) {
            out.print(CLEAR_LINE + text);
            out.flush();
        }
    }

    /** Lines that stay, and below them lines in place of those that this said before; longer ones are cut. */
    void lines(List<String> staying, List<String> passing) {
        StringBuilder all = new StringBuilder(CUT);
        all.append(UP.repeat(changing.getAndSet(passing.size()))).append(CLEAR_BELOW);
        staying.forEach(line -> all.append(line).append('\n'));
        passing.forEach(line -> all.append(line).append('\n'));
        out.print(all.append(WRAP));
        out.flush();
    }

    String good(String text) {
        return painted("32", text);
    }

    String bad(String text) {
        return painted("31", text);
    }

    String odd(String text) {
        return painted("35", text);
    }

    String quiet(String text) {
        return painted("2", text);
    }

    String strong(String text) {
        return painted("1", text);
    }

    private String painted(String code, String text) {
        return colours ? "\033[" + code + "m" + text + "\033[0m" : text;
    }
}
