package dev.bootproof.testrunner.console;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The lines of a console or a journal, without what drives a terminal. What a line says is told from what stands before
 * it: the kernel's clock, or the journal's time, host and source.
 *
 * @param name the file
 * @param lines its lines, each at most 1000 characters; the last 100,000 of them
 * @param first the number of the first line
 */
record ConsoleText(String name, List<String> lines, int first) {
    private static final int MOST = 100_000;
    private static final int LONGEST = 1000;

    private static final Pattern TERMINAL = Pattern.compile(
            "\\x1b(?:\\[[0-9;?]{0,40}[ -/]?[@-~]|\\][^\\x07\\x1b]{0,200}(?:\\x07|\\x1b\\\\)|[@-Z\\\\-_])|[\\x00-\\x08\\x0b-\\x1f\\x7f]");
    private static final Pattern CLOCK =
            Pattern.compile("(?:<[0-9]{1,3}>)?\\[ {0,12}[0-9]{1,12}\\.[0-9]{6}\\](?:\\[ {0,8}[TC][0-9]{1,9}\\])? ");
    private static final Pattern KERNEL = Pattern.compile("^\\w{3} +[0-9]{1,2} [0-9:.]{8,20} \\S{1,255} kernel: ");

    /** The kernel repeats how it was called, and what it was told may name any accident. */
    private static final Pattern CALLED =
            Pattern.compile("^(?:Kernel command line|Command line|Unknown kernel command)");

    static ConsoleText of(String name, String text) {
        List<String> all = text.lines()
                .map(line -> line.length() > LONGEST ? line.substring(0, LONGEST) : line)
                .map(line -> TERMINAL.matcher(line).replaceAll(""))
                .toList();
        int from = Math.max(0, all.size() - MOST);
        return new ConsoleText(name, all.subList(from, all.size()), from + 1);
    }

    /** What a line of a console says. */
    static Optional<String> said(String line) {
        Matcher clock = CLOCK.matcher(line);
        String said = clock.find() ? line.substring(clock.end()) : line;
        return CALLED.matcher(said).find() ? Optional.empty() : Optional.of(said);
    }

    /** What the kernel says in a line of a journal, and nothing for all others. */
    static Optional<String> saidByKernel(String line) {
        Matcher kernel = KERNEL.matcher(line);
        return kernel.find() ? said(line.substring(kernel.end())) : Optional.empty();
    }

    /** This line with two before and two after. */
    String around(int index) {
        return String.join("\n", lines.subList(Math.max(0, index - 2), Math.min(lines.size(), index + 3)));
    }
}
