package dev.bootproof.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.Node;

/**
 * A YAML file as JSON that remembers its lines.
 *
 * @param root the file as JSON, variables replaced
 * @param lines the line of every value, by its JSON pointer
 * @param mistakes what was found so far
 */
record YamlSource(JsonNode root, Map<String, Integer> lines, Mistakes mistakes) {
    /** Reads the file; what cannot even be read ends here. */
    static YamlSource read(Path file, Map<String, String> variables) {
        Mistakes mistakes = new Mistakes(String.valueOf(file));
        YamlTree tree = new YamlTree(new Variables(variables), mistakes);
        JsonNode root = tree.read(compose(file, mistakes));
        mistakes.throwIfAny();
        return new YamlSource(root, tree.lines(), mistakes);
    }

    /** The line of the value at this pointer, or of the nearest one around it. */
    int line(String pointer) {
        String at = pointer;
        while (!lines.containsKey(at) && !at.isEmpty()) {
            at = at.substring(0, at.lastIndexOf('/'));
        }
        return lines.getOrDefault(at, 1);
    }

    private static Node compose(Path file, Mistakes mistakes) {
        try (var text = Files.newBufferedReader(file)) {
            Node node = new Yaml(new SafeConstructor(new LoaderOptions())).compose(text);
            if (node != null) {
                return node;
            }
            mistakes.add(1, "the catalog is empty: write defaultPlan, plans and streams");
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark();
            mistakes.add(mark == null ? 1 : mark.getLine() + 1, "this is not YAML: " + e.getProblem());
        } catch (IOException e) {
            mistakes.add(1, "the catalog cannot be read: " + e);
        }
        mistakes.throwIfAny();
        throw new IllegalStateException("a mistake was added");
    }
}
