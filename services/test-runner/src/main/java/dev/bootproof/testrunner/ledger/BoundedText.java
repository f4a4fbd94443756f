package dev.bootproof.testrunner.ledger;

import java.util.regex.Pattern;

/**
 * A text that a pattern may look at for a bounded number of steps. Patterns are a catalog's and names are a guest's; some
 * patterns take longer for some names than the machine lives.
 */
final class BoundedText implements CharSequence {
    private static final int STEPS = 1_000_000;
    private static final int LONGEST = 500;

    private final String text;
    private int steps;

    private BoundedText(String text) {
        this.text = text;
    }

    /** Whether the pattern is found in the first 500 characters; not, where finding out takes too long. */
    static boolean has(Pattern pattern, String text) {
        try {
            String looked = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
            return pattern.matcher(new BoundedText(looked)).find();
        } catch (TooManySteps | StackOverflowError e) {
            return false;
        }
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public char charAt(int index) {
        if (++steps > STEPS) {
            throw new TooManySteps();
        }
        return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.substring(start, end);
    }

    @Override
    public String toString() {
        return text;
    }

    private static final class TooManySteps extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
