package dev.bootproof.testrunner.console;

/**
 * An accident that was seen.
 *
 * @param accident what was seen
 * @param file where
 * @param number the line, from 1
 * @param line the first line that shows it
 * @param context that line with two lines before and two after
 * @param count how many lines show it
 */
public record Sighting(Accident accident, String file, int number, String line, String context, int count) {
    Sighting again() {
        return new Sighting(accident, file, number, line, context, count + 1);
    }

    /** What a failed test says: the line first, for it is published alone. */
    public String message() {
        String times = count == 1 ? "" : " (" + count + " lines of it)";
        return line + times + "\n" + file + ":" + number + ", " + accident.means() + ", see " + accident.link() + "\n\n"
                + context;
    }
}
