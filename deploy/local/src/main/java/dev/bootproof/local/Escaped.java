package dev.bootproof.local;

import java.nio.charset.StandardCharsets;

/** What strangers wrote, so that a terminal shows it and does nothing else with it. */
final class Escaped {
    private Escaped() {}

    /** One line: everything that is no character to look at stands there by its number. */
    static String line(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        text.codePoints().forEach(point -> append(plain, point));
        return plain.toString();
    }

    /** One line of at most so many characters. */
    static String line(String text, int longest) {
        return text.length() <= longest ? line(text) : line(text.substring(0, longest)) + " …";
    }

    /** The first bytes of a body as lines; what is no UTF-8 stands there as the replacement character. */
    static String text(byte[] body, int longest) {
        String text = new String(body, 0, Math.min(body.length, longest), StandardCharsets.UTF_8);
        StringBuilder plain = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            if (point == '\n') {
                plain.append('\n');
            } else {
                append(plain, point);
            }
        });
        return plain.toString();
    }

    private static void append(StringBuilder plain, int point) {
        if (shown(point)) {
            plain.appendCodePoint(point);
        } else {
            plain.append("\\u{%x}".formatted(point));
        }
    }

    private static boolean shown(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
