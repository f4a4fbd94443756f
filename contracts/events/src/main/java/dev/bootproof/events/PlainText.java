package dev.bootproof.events;

import java.util.regex.Pattern;

/**
 * Text of strangers (a guest, a test, a registry) made fit to be shown in a terminal, a page or a check: bounded, and
 * without what would drive a terminal, turn the direction of reading, hide, or be no character at all.
 */
public final class PlainText {
    /** ECMA-48 control sequences and strings, as terminals take them; each is bounded, so that reading stays linear. */
    private static final Pattern ORDERS = Pattern.compile("\\x1b(?:\\[[0-9;:<=>?]{0,64}[ -/]{0,4}[@-~]"
            + "|[\\]PX^_][^\\x07\\x1b\\n]{0,512}(?:\\x07|\\x1b\\\\)|[ -/]{1,3}[0-~]|[0-OQ-WYZ\\\\`-~])");

    /**
     * Controls (Unicode's Cc but tab and line feed), the marks and overrides of direction of UAX #9, zero-width spaces,
     * interlinear and tag characters.
     */
    private static final Pattern UNSEEN =
            Pattern.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u061c\\u200b\\u200e\\u200f"
                    + "\\u202a-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb\\x{e0000}-\\x{e0fff}]");

    private static final Pattern LINE_ENDS = Pattern.compile("\\r\\n?|[\\x85\\u2028\\u2029]");
    private static final Pattern LONE = Pattern.compile("\\p{Cs}");
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final String MORE = "...";

    /** Of longer text only so many times the limit is looked at, because most of it may have to go. */
    private static final int LOOKED_AT = 16;

    private PlainText() {}

    /** At most so many characters on one line. */
    public static String line(String text, int most) {
        String clean = clean(text, most);
        return cut(BLANKS.matcher(clean).replaceAll(" ").strip(), most);
    }

    /** At most so many characters, with their lines as they are indented. */
    public static String lines(String text, int most) {
        return cut(clean(text, most).stripTrailing(), most);
    }

    private static String clean(String text, int most) {
        String bounded = text.length() / LOOKED_AT <= most ? text : text.substring(0, most * LOOKED_AT);
        String obeying = ORDERS.matcher(bounded).replaceAll("");
        String lines = LINE_ENDS.matcher(obeying).replaceAll("\n");
        String seen = UNSEEN.matcher(lines).replaceAll("");
        return LONE.matcher(seen).replaceAll("\ufffd");
    }

    private static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = most - MORE.length();
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + MORE;
    }
}
