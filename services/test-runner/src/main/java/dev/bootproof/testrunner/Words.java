package dev.bootproof.testrunner;

import java.util.regex.Pattern;

/** Text from a guest made fit to be published: bounded, and without what would drive a terminal. */
final class Words {
    private static final Pattern ESCAPES = Pattern.compile("\\x1b\\[[0-9;?]*[ -/]*[@-~]");
    private static final Pattern CONTROLS = Pattern.compile("[\\p{Cntrl}&&[^\\n\\t]]");
    private static final int READ = 64 << 10;
    private static final int LINE = 240;
    private static final int PARAGRAPH = 4096;

    private Words() {}

    /** At most 240 characters on one line. */
    static String line(String text) {
        return cut(clean(text).replaceAll("\\s+", " ").strip(), LINE);
    }

    /** At most 4096 characters, with their lines. */
    static String paragraph(String text) {
        return cut(clean(text).strip(), PARAGRAPH);
    }

    private static String clean(String text) {
        return CONTROLS.matcher(ESCAPES.matcher(cut(text, READ)).replaceAll("")).replaceAll("");
    }

    private static String cut(String text, int limit) {
        return text.length() <= limit ? text : text.substring(0, limit - 3) + "...";
    }
}
