package dev.bootproof.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Compares a catalog with its JSON Schema and says in our words what does not agree. */
final class CatalogSchema {
    private static final String RESOURCE = "/catalog/catalog.v1.json";

    private final JsonNode definition;
    private final Schema schema;

    CatalogSchema() {
        try (InputStream resource = CatalogSchema.class.getResourceAsStream(RESOURCE)) {
            definition = new ObjectMapper().readTree(Objects.requireNonNull(resource, RESOURCE));
        } catch (IOException e) {
            throw new UncheckedIOException("the catalog's own schema cannot be read", e);
        }
        SchemaLocation location = SchemaLocation.of(definition.path("$id").asText());
        schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(location, definition);
    }

    /** Adds every disagreement to the mistakes of the source. */
    void check(YamlSource source) {
        for (Error error : schema.validate(source.root())) {
            String pointer = error.getInstanceLocation().toString();
            String place =
                    error.getProperty() == null ? pointer : pointer + "/" + YamlTree.escaped(error.getProperty());
            source.mistakes().add(source.line(place), sentence(error, pointer));
        }
    }

    private String sentence(Error error, String pointer) {
        JsonNode around = around(error);
        String name = pointer.isEmpty() ? "the catalog" : pointer.substring(1).replace('/', '.');
        return switch (error.getKeyword()) {
            case "required" -> "\"" + error.getProperty() + "\" is missing in " + name + ": " + advice(around);
            case "additionalProperties" ->
                "\"" + error.getProperty() + "\" is not known in " + name + ": " + advice(around);
            case "enum" -> name + " is not one of " + words(around) + ": " + advice(around);
            case "type" -> name + " is not of type " + types(around) + ": " + advice(around);
            case "pattern" -> name + " is " + error.getInstanceNode() + ": " + advice(around);
            default -> name + ": " + error.getMessage() + ": " + advice(around);
        };
    }

    /** The part of the schema that holds the keyword which does not agree. */
    private JsonNode around(Error error) {
        String keyword = error.getSchemaLocation().getFragment().toString();
        return definition.at(keyword.substring(0, Math.max(0, keyword.lastIndexOf('/'))));
    }

    private static String advice(JsonNode part) {
        return part.path("description").asText("see the catalog's schema");
    }

    private static String words(JsonNode part) {
        return StreamSupport.stream(part.path("enum").spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.joining(", "));
    }

    private static String types(JsonNode part) {
        return part.path("type").isArray()
                ? part.path("type").get(0).asText()
                : part.path("type").asText();
    }
}
