package dev.bootproof.poller.hook;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;

/**
 * What a registry sent.
 *
 * @param headers by their names in lower case
 * @param body as JSON
 */
record Delivery(Map<String, String> headers, JsonNode body) {
    Delivery {
        headers = Map.copyOf(headers);
    }

    /** The value of this header, or nothing. */
    String header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }
}
