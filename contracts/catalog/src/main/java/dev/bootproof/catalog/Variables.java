package dev.bootproof.catalog;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code ${NAME}} in a catalog stands for.
 *
 * @param values by name
 */
record Variables(Map<String, String> values) {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_.-]*)}");

    Variables {
        values = Map.copyOf(values);
    }

    /** The text with every variable replaced; one that is not set is a mistake. */
    String expand(String text, int line, Mistakes mistakes) {
        return VARIABLE.matcher(text).replaceAll(found -> {
            String value = values.get(found.group(1));
            if (value == null) {
                mistakes.add(line, found.group() + " is not set: set " + found.group(1) + " in the environment");
                return Matcher.quoteReplacement(found.group());
            }
            return Matcher.quoteReplacement(value);
        });
    }
}
