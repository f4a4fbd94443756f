package dev.bootproof.publisher;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bootproof.events.EventJson;
import dev.bootproof.events.PhaseResult;
import dev.bootproof.events.PlainText;
import dev.bootproof.events.SuiteResult;
import dev.bootproof.publisher.SuiteCases.Case;
import dev.bootproof.publisher.SuiteCases.End;
import dev.bootproof.registry.RegistryException;
import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * The names of tests that did not fail, from what the suite left behind: behave's JSON, else JUnit's XML. Both come from
 * a guest, so that what cannot be read names nothing.
 */
@ApplicationScoped
class CaseReader {
    private static final long LARGEST = 4L << 20;
    private static final int LONGEST_NAME = 240;

    private final Evidence evidence;

    CaseReader(Evidence evidence) {
        this.evidence = evidence;
    }

    /** All suites of these phases with their tests. */
    List<SuiteCases> read(List<PhaseResult> phases) {
        List<SuiteCases> all = new ArrayList<>();
        for (PhaseResult phase : phases) {
            List<Evidence.Item> files = files(phase);
            phase.suites().forEach(suite -> all.add(SuiteCases.of(phase, suite, others(files, suite))));
        }
        return all;
    }

    private List<Evidence.Item> files(PhaseResult phase) {
        try {
            return evidence.files(phase);
        } catch (RegistryException e) {
            Log.infof("the names of tests cannot be read: %s", e.getMessage());
            return List.of();
        }
    }

    private List<Case> others(List<Evidence.Item> files, SuiteResult suite) {
        String directory = "suites/" + suite.name() + "/";
        List<Evidence.Item> own = files.stream()
                .filter(file ->
                        file.name().startsWith(directory) && file.layer().size() <= LARGEST)
                .toList();
        Optional<Evidence.Item> behave = own.stream()
                .filter(file -> file.name().equals(directory + "behave.json"))
                .findFirst();
        if (behave.isPresent()) {
            return read(behave.get(), CaseReader::behave);
        }
        return own.stream()
                .filter(file -> file.name().endsWith(".xml"))
                .flatMap(file -> read(file, CaseReader::junit).stream())
                .toList();
    }

    /** A way to read a file. */
    @FunctionalInterface
    private interface Format {
        List<Case> read(InputStream bytes) throws IOException, XMLStreamException;
    }

    private List<Case> read(Evidence.Item file, Format format) {
        try (InputStream bytes = evidence.open(file)) {
            return format.read(bytes);
        } catch (IOException | XMLStreamException | RegistryException e) {
            Log.infof("the names of tests cannot be read: %s: %s", file.name(), e.getMessage());
            return List.of();
        }
    }

    private static List<Case> behave(InputStream bytes) throws IOException {
        List<Case> cases = new ArrayList<>();
        for (JsonNode feature : EventJson.mapper().readTree(bytes)) {
            for (JsonNode scenario : feature.path("elements")) {
                String name = name(scenario.path("name").asText());
                switch (scenario.path("status").asText()) {
                    case "passed" -> cases.add(new Case(name, End.PASSED, ""));
                    case "skipped" -> cases.add(new Case(name, End.SKIPPED, ""));
                    default -> Log.tracef("not among the others: %s", name);
                }
            }
        }
        return cases.stream().filter(one -> !one.name().isEmpty()).toList();
    }

    /** The tests of JUnit's XML, and no name for those that failed. */
    static List<Case> junit(InputStream bytes) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        XMLStreamReader reader = factory.createXMLStreamReader(bytes);
        List<Case> cases = new ArrayList<>();
        while (reader.hasNext()) {
            if (reader.next() == XMLStreamReader.START_ELEMENT) {
                element(reader, cases);
            }
        }
        return cases.stream().filter(one -> !one.name().isEmpty()).toList();
    }

    /** A suite as a whole may fail or be skipped before any test of it is named. */
    private static void element(XMLStreamReader reader, List<Case> cases) {
        switch (reader.getLocalName()) {
            case "testcase" -> cases.add(new Case(name(reader.getAttributeValue(null, "name")), End.PASSED, ""));
            case "skipped" -> endLast(cases, End.SKIPPED);
            case "failure", "error" -> endLast(cases, End.FAILED);
            default -> Log.tracef("not about a test: %s", reader.getLocalName());
        }
    }

    private static void endLast(List<Case> cases, End end) {
        if (!cases.isEmpty()) {
            Case last = cases.removeLast();
            cases.add(new Case(end == End.FAILED ? "" : last.name(), end, ""));
        }
    }

    private static String name(@Nullable String said) {
        return said == null ? "" : PlainText.line(said, LONGEST_NAME);
    }
}
