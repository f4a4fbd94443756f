package dev.bootproof.stage;

import dev.bootproof.events.RunId;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapSetter;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** One trace follows a run through every topic: W3C trace context in the headers of the records. */
@ApplicationScoped
public class Traces {
    private final OpenTelemetry telemetry;
    private final Tracer tracer;

    Traces(OpenTelemetry telemetry) {
        this.telemetry = telemetry;
        this.tracer = telemetry.getTracer("dev.bootproof");
    }

    /** Writes the current context into the headers of a record that is about to be sent. */
    public void inject(Headers headers) {
        telemetry.getPropagators().getTextMapPropagator().inject(Context.current(), headers, new Setter());
    }

    /** The context that a record came with, to be the parent of what is done about it. */
    public Context extract(Headers headers) {
        return telemetry.getPropagators().getTextMapPropagator().extract(Context.root(), headers, new Getter());
    }

    /**
     * Does work for a run in a span of its own below this parent.
     *
     * @throws RuntimeException what the work threw, recorded in the span
     */
    public <T> T span(String name, SpanKind kind, Context parent, RunId run, Supplier<T> work) {
        Span span = tracer.spanBuilder(name)
                .setParent(parent)
                .setSpanKind(kind)
                .setAttribute("bootproof.run.id", run.value())
                .startSpan();
        try (Scope _ = parent.with(span).makeCurrent()) {
            return work.get();
        } catch (RuntimeException e) {
            span.recordException(e);
            span.setStatus(StatusCode.ERROR, String.valueOf(e.getMessage()));
            throw e;
        } finally {
            span.end();
        }
    }

    /** Does a step of the current work in a span of its own. */
    public <T> T step(String name, RunId run, Supplier<T> work) {
        return span(name, SpanKind.INTERNAL, Context.current(), run, work);
    }

    /** Writes headers. */
    private static final class Setter implements TextMapSetter<Headers> {
        @Override
        public void set(@Nullable Headers headers, String key, String value) {
            if (headers != null) {
                headers.remove(key).add(key, value.getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    /** Reads headers. */
    private static final class Getter implements TextMapGetter<Headers> {
        @Override
        public Iterable<String> keys(Headers headers) {
            List<String> keys = new ArrayList<>();
            headers.forEach(header -> keys.add(header.key()));
            return keys;
        }

        @Override
        public @Nullable String get(@Nullable Headers headers, String key) {
            Header header = headers == null ? null : headers.lastHeader(key);
            return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
        }
    }
}
