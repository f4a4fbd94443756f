package dev.bootproof.publisher;

import dev.bootproof.events.Digest;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A verdict as a small picture for a README, in the flat style that people know from shields.io.
 *
 * @param label what is said on the left
 * @param look the verdict on the right
 */
record Badge(String label, Look look) {
    private static final int HEIGHT = 20;
    private static final double PADDING = 10;

    /** How wide the printable characters from space on are in Verdana at 11 pixels, in tenths of a pixel. */
    private static final int[] WIDTHS = {
        39, 43, 50, 90, 70, 118, 80, 30, 50, 50, 70, 90, 40, 50, 40, 50, // space to slash
        70, 70, 70, 70, 70, 70, 70, 70, 70, 70, 50, 50, 90, 90, 90, 60, // 0 to ?
        110, 75, 75, 77, 85, 70, 63, 85, 83, 46, 50, 76, 61, 93, 82, 87, // @ to O
        66, 87, 76, 75, 68, 81, 75, 109, 75, 68, 75, 50, 50, 50, 90, 70, // P to _
        70, 66, 69, 57, 69, 66, 39, 69, 70, 30, 38, 65, 30, 107, 70, 67, // ` to o
        69, 69, 47, 57, 43, 70, 65, 90, 65, 65, 58, 70, 50, 70, 90 // p to ~
    };

    private static final int OTHER = 70;

    String svg() {
        double left = width(label) + PADDING;
        double right = width(look.badge()) + PADDING;
        double all = left + right;
        return """
                <svg xmlns="http://www.w3.org/2000/svg" width="%1$s" height="%2$d" role="img" aria-label="%3$s: %4$s">
                <title>%3$s: %4$s</title>
                <linearGradient id="s" x2="0" y2="100%%"><stop offset="0" stop-color="#bbb" stop-opacity=".1"/>\
                <stop offset="1" stop-opacity=".1"/></linearGradient>
                <clipPath id="r"><rect width="%1$s" height="%2$d" rx="3" fill="#fff"/></clipPath>
                <g clip-path="url(#r)"><rect width="%5$s" height="%2$d" fill="#555"/>\
                <rect x="%5$s" width="%6$s" height="%2$d" fill="%7$s"/>\
                <rect width="%1$s" height="%2$d" fill="url(#s)"/></g>
                <g fill="#fff" text-anchor="middle" font-family="Verdana,Geneva,DejaVu Sans,sans-serif" font-size="11">
                %8$s%9$s</g>
                </svg>
                """.formatted(
                        number(all),
                        HEIGHT,
                        escaped(label),
                        escaped(look.badge()),
                        number(left),
                        number(right),
                        colour(),
                        text(label, left / 2, left - PADDING),
                        text(look.badge(), left + right / 2, right - PADDING));
    }

    /** What browsers compare to see whether they have this picture. */
    String etag() {
        return Digest.of(svg().getBytes(StandardCharsets.UTF_8)).abbreviated();
    }

    /** The text and its shadow, each held to the width that was computed, whatever font there is. */
    private static String text(String words, double middle, double width) {
        return """
                <text aria-hidden="true" x="%1$s" y="15" fill="#010101" fill-opacity=".3" textLength="%2$s">%3$s</text>\
                <text x="%1$s" y="14" textLength="%2$s">%3$s</text>
                """.formatted(number(middle), number(width), escaped(words));
    }

    private String colour() {
        return switch (look) {
            case PASSED -> "#3c9a3f";
            case FAILED -> "#d63b3b";
            case ERRORED -> "#7d7d7d";
            case SKIPPED -> "#9a9a9a";
            case RUNNING -> "#2f73d0";
            case UNTESTED -> "#9a9a9a";
        };
    }

    private static double width(String text) {
        return text.chars().map(Badge::width).sum() / 10.0;
    }

    private static int width(int character) {
        int place = character - ' ';
        return place >= 0 && place < WIDTHS.length ? WIDTHS[place] : OTHER;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
