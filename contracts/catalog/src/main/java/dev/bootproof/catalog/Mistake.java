package dev.bootproof.catalog;

/**
 * Something in a catalog that is not as it must be.
 *
 * @param file the catalog
 * @param line where, from 1
 * @param sentence what is wrong and what to do
 */
public record Mistake(String file, int line, String sentence) {
    @Override
    public String toString() {
        return file + ":" + line + ": " + sentence;
    }
}
