package dev.bootproof.publisher;

import dev.bootproof.events.Verdict;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How a state of a run looks: what the lab could not tell must never be taken for a broken image. */
enum Look {
    RUNNING("…", "running", "Running", ""),
    PASSED("✓", "passed", "Passed", ""),
    FAILED("✗", "failed", "Failed", "The image is at fault."),
    ERRORED("?", "could not tell", "The lab could not tell", "Nothing is said about the image."),
    SKIPPED("–", "skipped", "Skipped", "Nothing was tested."),
    UNTESTED("–", "untested", "Untested", "Nothing was tested yet.");

    private final String icon;
    private final String badge;
    private final String title;
    private final String meaning;

    Look(String icon, String badge, String title, String meaning) {
        this.icon = icon;
        this.badge = badge;
        this.title = title;
        this.meaning = meaning;
    }

    static Look of(@Nullable Verdict verdict) {
        if (verdict == null) {
            return RUNNING;
        }
        return switch (verdict) {
            case PASSED -> PASSED;
            case FAILED -> FAILED;
            case ERRORED -> ERRORED;
            case SKIPPED -> SKIPPED;
        };
    }

    public String icon() {
        return icon;
    }

    public String badge() {
        return badge;
    }

    public String title() {
        return title;
    }

    public String meaning() {
        return meaning;
    }

    /** The class in the style sheet. */
    public String style() {
        return name().toLowerCase(Locale.ROOT);
    }
}
