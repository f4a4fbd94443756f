package dev.bootproof.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/** Turns the nodes of a YAML file into JSON and remembers where each was. */
final class YamlTree {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int DEEPEST = 32;

    private final Resolver resolver = new Resolver();
    private final Map<String, Integer> lines = new HashMap<>();
    private final Variables variables;
    private final Mistakes mistakes;

    YamlTree(Variables variables, Mistakes mistakes) {
        this.variables = variables;
        this.mistakes = mistakes;
    }

    Map<String, Integer> lines() {
        return Map.copyOf(lines);
    }

    JsonNode read(Node root) {
        return read(root, "", 0, line(root));
    }

    private JsonNode read(Node node, String pointer, int depth, int line) {
        lines.put(pointer, line);
        if (depth > DEEPEST) {
            mistakes.add(line, "this is nested too deeply: an alias may stand within its own anchor");
            return JSON.nullNode();
        }
        return switch (node) {
            case MappingNode mapping -> mapping(mapping, pointer, depth);
            case SequenceNode sequence -> sequence(sequence, pointer, depth);
            case ScalarNode scalar -> scalar(scalar);
            default -> JSON.nullNode();
        };
    }

    private ObjectNode mapping(MappingNode mapping, String pointer, int depth) {
        ObjectNode object = JSON.objectNode();
        for (NodeTuple entry : mapping.getValue()) {
            int line = line(entry.getKeyNode());
            String key = entry.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
            if (object.has(key)) {
                mistakes.add(line, "\"" + key + "\" stands here twice: leave one");
            }
            object.set(key, read(entry.getValueNode(), pointer + "/" + escaped(key), depth + 1, line));
        }
        return object;
    }

    private ArrayNode sequence(SequenceNode sequence, String pointer, int depth) {
        ArrayNode array = JSON.arrayNode();
        for (Node item : sequence.getValue()) {
            array.add(read(item, pointer + "/" + array.size(), depth + 1, line(item)));
        }
        return array;
    }

    private JsonNode scalar(ScalarNode scalar) {
        String text = variables.expand(scalar.getValue(), line(scalar), mistakes);
        boolean plain = scalar.getScalarStyle() == ScalarStyle.PLAIN;
        Tag tag = plain ? resolver.resolve(NodeId.scalar, text, true) : Tag.STR;
        if (tag.equals(Tag.INT) && text.matches("-?[0-9]+")) {
            return JSON.numberNode(new BigInteger(text));
        }
        if (tag.equals(Tag.BOOL)) {
            return JSON.booleanNode(text.equalsIgnoreCase("true"));
        }
        return tag.equals(Tag.NULL) ? JSON.nullNode() : JSON.textNode(text);
    }

    static String escaped(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }

    private static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }
}
