package dev.bootproof.testrunner;

import java.io.IOException;
import java.util.Collection;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** Reads JUnit's XML as most test tools write it. It comes from a guest: no document type, nothing from outside. */
final class JUnitXml {
    private static final String NO_DOCTYPE = "http://apache.org/xml/features/disallow-doctype-decl";

    private JUnitXml() {}

    static Reading read(Collection<Content> files) {
        Tally tally = new Tally();
        for (Content file : files) {
            if (file.cut()) {
                return new Reading.Unreadable("a JUnit file is too large");
            }
            try {
                count(parse(file), tally);
            } catch (SAXException | IOException e) {
                return new Reading.Unreadable("a JUnit file is no XML: " + Words.line(String.valueOf(e.getMessage())));
            }
        }
        return tally.reading("the JUnit result");
    }

    private static Document parse(Content file) throws SAXException, IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature(NO_DOCTYPE, true);
            factory.setXIncludeAware(false);
            factory.setExpandEntityReferences(false);
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new DefaultHandler());
            return builder.parse(file.stream());
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("the platform's parser knows these features", e);
        }
    }

    private static void count(Document document, Tally tally) {
        NodeList cases = document.getElementsByTagName("testcase");
        for (int i = 0; i < cases.getLength(); i++) {
            count((Element) cases.item(i), tally);
        }
    }

    private static void count(Element test, Tally tally) {
        Element failure = child(test, "failure");
        Element problem = failure == null ? child(test, "error") : failure;
        if (problem != null) {
            tally.fail(test.getAttribute("name"), message(problem));
            return;
        }
        if (child(test, "skipped") != null) {
            tally.skip();
            return;
        }
        tally.pass();
    }

    private static String message(Element problem) {
        String message = problem.getAttribute("message");
        String text = problem.getTextContent();
        return message.isBlank() ? text : message;
    }

    private static @Nullable Element child(Element parent, String name) {
        NodeList children = parent.getElementsByTagName(name);
        return children.getLength() == 0 ? null : (Element) children.item(0);
    }
}
