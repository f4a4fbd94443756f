package dev.bootproof.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.bootproof.publisher.SuiteCases.Case;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.stream.XMLStreamException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JUnit's XML as suites leave it behind, also when they mean no good. */
class CaseReaderTest {
    @Test
    void aSuiteThatFailedAsAWholeNamesNoTest() throws XMLStreamException {
        // When
        List<Case> cases = junit("<testsuite><failure/><skipped/><testcase name='a'/><error/></testsuite>");
        // Then
        assertThat(cases).isEmpty();
    }

    @Test
    void namesAreBoundedAndPlain() throws XMLStreamException {
        // When
        List<Case> cases = junit("<a><testcase name='&lt;i&gt;\u202e\u009b%s'/></a>".formatted("x".repeat(100_000)));
        // Then
        assertThat(cases)
                .extracting(Case::name)
                .singleElement()
                .satisfies(name -> assertThat(name).startsWith("<i>xxx").hasSize(240));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE a [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'>]><a><testcase name='&b;'/></a>",
                "<a><testcase name='x'>&undeclared;</testcase></a>",
                "no xml",
            })
    void whatCannotBeReadIsAnErrorOfXml(String xml) {
        assertThatExceptionOfType(XMLStreamException.class).isThrownBy(() -> junit(xml));
    }

    private static List<Case> junit(String xml) throws XMLStreamException {
        return CaseReader.junit(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    }
}
