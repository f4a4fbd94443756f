package dev.bootproof.attestation;

import dev.bootproof.events.Digest;
import java.util.Map;
import java.util.TreeMap;

/** What is said about a signed verdict beside it, unsigned, to find it by. */
final class BundleAnnotations {
    private BundleAnnotations() {}

    /** Of the artifact: what cosign's bundle specification names, and what people look for. */
    static Map<String, String> of(Statement statement, String envelopeKey, Digest envelope) {
        TestedRun run = statement.predicate().run();
        Map<String, String> all = new TreeMap<>();
        all.put("org.opencontainers.image.created", run.finishedAt().toString());
        all.put("dev.sigstore.bundle.content", "dsse-envelope");
        all.put("dev.sigstore.bundle.predicateType", statement.predicateType());
        all.put("dev.bootproof.run", run.id().value());
        all.put("dev.bootproof.result", statement.predicate().result().name());
        all.put(envelopeKey, envelope.value());
        return all;
    }

    /** Of a layer under cosign's older tag. */
    static Map<String, String> legacy() {
        return Map.of("dev.cosignproject.cosign/signature", "", "predicateType", Statement.PREDICATE);
    }

    static Map<String, String> none() {
        return Map.of();
    }
}
