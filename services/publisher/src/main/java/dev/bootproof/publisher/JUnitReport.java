package dev.bootproof.publisher;

import dev.bootproof.events.TestsDone;
import dev.bootproof.events.Verdict;
import dev.bootproof.publisher.SuiteCases.Case;
import dev.bootproof.publisher.SuiteCases.End;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * A run as JUnit XML, valid against the schema that Jenkins reads (github.com/jenkinsci/xunit-plugin, junit-10.xsd). A
 * run that ended without a suite is a test of its own, so that nobody takes silence for success.
 */
final class JUnitReport {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final TestsDone done;
    private final List<SuiteCases> suites;
    private final StringWriter text = new StringWriter();
    private final XMLStreamWriter xml;

    private JUnitReport(TestsDone done, List<SuiteCases> suites) throws XMLStreamException {
        this.done = done;
        this.suites = suites;
        this.xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
    }

    static String of(TestsDone done, List<SuiteCases> suites) {
        try {
            JUnitReport report = new JUnitReport(done, suites);
            report.write();
            return report.text.toString();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("XML is written to memory, where nothing can go wrong", e);
        }
    }

    private void write() throws XMLStreamException {
        xml.writeStartDocument("UTF-8", "1.0");
        xml.writeStartElement("testsuites");
        attribute("name", done.runId().value());
        for (SuiteCases suite : suites) {
            suite(suite);
        }
        if (suites.isEmpty()) {
            end();
        }
        xml.writeEndElement();
        xml.writeEndDocument();
    }

    private void suite(SuiteCases suite) throws XMLStreamException {
        String name = suite.phase().name() + "." + suite.suite().name();
        start(
                name,
                suite.cases().size(),
                suite.count(End.FAILED),
                0,
                suite.count(End.SKIPPED) + suite.count(End.KNOWN));
        attribute("time", seconds(suite.suite().duration()));
        for (Case one : suite.cases()) {
            testcase(name, suite, one);
        }
        xml.writeEndElement();
    }

    private void testcase(String suite, SuiteCases all, Case one) throws XMLStreamException {
        xml.writeStartElement("testcase");
        attribute("name", one.name());
        attribute("classname", suite);
        switch (one.end()) {
            case FAILED -> said("failure", firstLine(one.said()), one.said());
            case SKIPPED -> xml.writeEmptyElement("skipped");
            case KNOWN -> said("skipped", "it failed, which is known: " + one.said(), "");
            case PASSED -> {
                if (all.flaky(one)) {
                    flaky();
                }
            }
        }
        xml.writeEndElement();
    }

    private void flaky() throws XMLStreamException {
        xml.writeEmptyElement("flakyFailure");
        attribute("type", "flaky");
        attribute("message", "it failed, and passed when it was run again");
    }

    /** The verdict of a run in which no suite ran. */
    private void end() throws XMLStreamException {
        boolean failed = done.verdict() == Verdict.FAILED;
        boolean errored = done.verdict() == Verdict.ERRORED;
        boolean skipped = done.verdict() == Verdict.SKIPPED;
        start("run", 1, failed ? 1 : 0, errored ? 1 : 0, skipped ? 1 : 0);
        xml.writeStartElement("testcase");
        attribute("name", "the run comes to its suites");
        attribute("classname", "run");
        if (failed) {
            said("failure", done.reason(), done.reason());
        }
        if (errored) {
            said("error", done.reason(), done.reason());
        }
        if (skipped) {
            said("skipped", done.reason(), "");
        }
        xml.writeEndElement();
        xml.writeEndElement();
    }

    private void start(String name, long tests, long failures, long errors, long skipped) throws XMLStreamException {
        xml.writeStartElement("testsuite");
        attribute("name", name);
        attribute("tests", String.valueOf(tests));
        attribute("failures", String.valueOf(failures));
        attribute("errors", String.valueOf(errors));
        attribute("skipped", String.valueOf(skipped));
        attribute("timestamp", TIME.format(done.finishedAt()));
    }

    private void said(String element, String message, String text) throws XMLStreamException {
        xml.writeStartElement(element);
        if (!message.isEmpty()) {
            attribute("message", message);
        }
        xml.writeCharacters(legal(text));
        xml.writeEndElement();
    }

    private void attribute(String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, legal(value));
    }

    /** XML 1.0 has no way to write most control characters. */
    private static String legal(String text) {
        return text.replaceAll("[^\\t\\n\\r\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]", "\uFFFD");
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }

    private static String seconds(Duration time) {
        return BigDecimal.valueOf(time.toMillis(), 3).toPlainString();
    }
}
