package dev.bootproof.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bootproof.e2e.OtlpSink.Span;
import dev.bootproof.events.ImageRef;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One trace follows a run from the event to the last thing removed. */
@Order(5)
@ExtendWith(LabExtension.class)
class TraceIT {
    private final Lab lab;

    TraceIT(Lab lab) {
        this.lab = lab;
    }

    @Test
    void oneTraceHoldsEveryStageUnderTheStageBefore() {
        // Given
        lab.up();
        ImageRef image = lab.images().push(lab.images().demo(), "traced:latest");
        // When
        lab.kcat("{\"image\":\"" + image + "\"}");
        Run run = lab.awaitVerdict(lab.awaitRun(image.toString(), 1).id());
        // Then
        assertThat(run.verdict()).as(run.summary()).isEqualTo("passed");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(spans(run).stream().map(Span::service))
                        .contains("disk-builder", "vm-provisioner", "test-runner", "publisher", "janitor"));
        List<Span> spans = spans(run);
        assertThat(spans.stream().map(Span::trace).distinct()).hasSize(1);
        assertParent(spans, "vm-provisioner", "disk-builder");
        assertParent(spans, "test-runner", "vm-provisioner");
        assertParent(spans, "publisher", "test-runner");
        assertParent(spans, "janitor", "test-runner");
    }

    private List<Span> spans(Run run) {
        return lab.sink().of(run.id());
    }

    /** The first span of a service lies below a span of the service before it. */
    private static void assertParent(List<Span> spans, String service, String before) {
        Map<String, Span> byId = spans.stream().collect(Collectors.toMap(Span::id, Function.identity(), (a, b) -> a));
        assertThat(spans.stream().filter(span -> span.service().equals(service)))
                .as("%s below %s in %s", service, before, spans)
                .anySatisfy(span -> assertThat(byId.get(span.parent()))
                        .isNotNull()
                        .extracting(Span::service)
                        .isEqualTo(before));
    }
}
