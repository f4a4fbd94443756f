package dev.bootproof.testrunner;

import dev.bootproof.events.PlainText;

/** Text from a guest made fit to be published. */
final class Words {
    private static final int LINE = 240;
    private static final int PARAGRAPH = 4096;

    private Words() {}

    /** At most 240 characters on one line. */
    static String line(String text) {
        return PlainText.line(text, LINE);
    }

    /** At most 4096 characters, with their lines. */
    static String paragraph(String text) {
        return PlainText.lines(text.strip(), PARAGRAPH);
    }
}
