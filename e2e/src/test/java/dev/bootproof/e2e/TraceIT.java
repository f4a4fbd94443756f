package dev.bootproof.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bootproof.e2e.OtlpSink.Span;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One trace follows a run from the push to the last thing removed. */
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
        String image = lab.address("registry") + "/demo-os:latest";
        int before = lab.runs(image).size();
        Layout layout = lab.images()
                .demo()
                .with("traced-" + System.nanoTime(), tar -> Layer.file(tar, "usr/share/traced", 0644, "traced\n"));
        // When
        lab.images().push(layout, "demo-os:latest");
        Run run = lab.awaitVerdict(lab.awaitRun(image, before + 1).id());
        // Then
        assertThat(run.verdict()).as(run.summary()).isEqualTo("passed");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(spans(run).stream().map(Span::service))
                        .contains("poller", "disk-builder", "vm-provisioner", "test-runner", "publisher", "janitor"));
        List<Span> spans = spans(run);
        assertThat(spans.stream().map(Span::trace).distinct()).hasSize(1);
        assertParent(spans, "disk-builder", "poller");
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
