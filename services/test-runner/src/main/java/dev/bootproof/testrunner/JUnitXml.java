package dev.bootproof.testrunner;

import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads JUnit's XML as most test tools write it: {@code testcase} with {@code failure}, {@code error} or {@code skipped}
 * in it. It comes from a guest, so it is read as a stream, without a document type and with nothing from outside.
 */
final class JUnitXml {
    private static final int DEEPEST = 50;
    private static final int TEXT = 16 << 10;
    private static final Set<String> PROBLEMS = Set.of("failure", "error");

    private final Tally tally = new Tally();
    private final StringBuilder text = new StringBuilder();
    private String file = "";
    private @Nullable String test;
    private @Nullable String message;
    private boolean skipped;
    private boolean problem;
    private int depth;

    private JUnitXml() {}

    /** Reads all of these files, by name. */
    static Reading read(Map<String, Content> files) {
        JUnitXml reader = new JUnitXml();
        for (Map.Entry<String, Content> file : files.entrySet()) {
            if (file.getValue().cut()) {
                return new Reading.Unreadable(
                        file.getKey() + " is larger than " + file.getValue().size() + " bytes");
            }
            try {
                reader.read(file.getKey(), file.getValue());
            } catch (XMLStreamException e) {
                String where = file.getKey() + ":"
                        + (e.getLocation() == null ? 1 : e.getLocation().getLineNumber());
                return new Reading.Unreadable(Words.line(where + ": no XML of JUnit's: " + e.getMessage()));
            }
        }
        return reader.tally.reading(String.join(", ", files.keySet()));
    }

    private void read(String name, Content content) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        file = name;
        test = null;
        depth = 0;
        XMLStreamReader xml = factory.createXMLStreamReader(content.stream());
        while (xml.hasNext()) {
            switch (xml.next()) {
                case XMLStreamConstants.DTD -> throw new XMLStreamException("it has a DOCTYPE", xml.getLocation());
                case XMLStreamConstants.START_ELEMENT -> begin(xml);
                case XMLStreamConstants.END_ELEMENT -> end(xml.getLocalName());
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> say(xml);
                default -> {}
            }
        }
    }

    private void begin(XMLStreamReader xml) throws XMLStreamException {
        if (++depth > DEEPEST) {
            throw new XMLStreamException("it is nested more than " + DEEPEST + " deep", xml.getLocation());
        }
        String element = xml.getLocalName();
        if (element.equals("testcase")) {
            test = attribute(xml, "name");
            message = null;
            skipped = false;
        } else if (element.equals("skipped")) {
            skipped = true;
        } else if (PROBLEMS.contains(element) && message == null) {
            message = attribute(xml, "message");
            text.setLength(0);
            problem = true;
        }
    }

    private void say(XMLStreamReader xml) {
        if (problem && text.length() < TEXT) {
            text.append(xml.getText());
        }
    }

    private void end(String element) {
        depth--;
        if (problem && PROBLEMS.contains(element)) {
            problem = false;
            message = message == null || message.isBlank() ? text.toString() : message;
            if (test == null) {
                tally.fail(file, message);
                message = null;
            }
        }
        if (element.equals("testcase") && test != null) {
            count(test);
            test = null;
            message = null;
        }
    }

    private void count(String name) {
        if (message != null) {
            tally.fail(name, message);
        } else if (skipped) {
            tally.skip(name);
        } else {
            tally.pass(name);
        }
    }

    private static String attribute(XMLStreamReader xml, String name) {
        String value = xml.getAttributeValue(null, name);
        return value == null ? "" : value;
    }
}
