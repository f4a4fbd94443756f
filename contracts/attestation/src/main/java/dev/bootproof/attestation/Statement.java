package dev.bootproof.attestation;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.bootproof.events.Digest;
import dev.bootproof.events.EventJson;
import dev.bootproof.events.MalformedEvent;
import java.util.List;
import java.util.Map;

/**
 * What is signed: an in-toto Statement v1 (github.com/in-toto/attestation, {@code spec/v1/statement.md}) with the
 * predicate test-result v0.1 ({@code spec/predicates/test-result.md} there).
 *
 * @param type always {@value #TYPE}
 * @param subject what was tested: the image's name and the digest that its tag said
 * @param predicateType always {@value #PREDICATE}
 * @param predicate what came of it
 */
public record Statement(
        @JsonProperty("_type") String type, List<Subject> subject, String predicateType, TestResult predicate) {
    /** The version of the statement. */
    public static final String TYPE = "https://in-toto.io/Statement/v1";

    /** The version of the predicate. */
    public static final String PREDICATE = "https://in-toto.io/attestation/test-result/v0.1";

    public Statement {
        if (!TYPE.equals(type) || !PREDICATE.equals(predicateType) || subject == null || predicate == null) {
            throw new MalformedEvent("predicateType", "it is no in-toto test result");
        }
        subject = List.copyOf(subject);
    }

    /** The statement about this digest of the image with this name. */
    public static Statement about(String image, Digest digest, TestResult result) {
        return new Statement(TYPE, List.of(new Subject(image, Map.of("sha256", digest.hex()))), PREDICATE, result);
    }

    /**
     * Reads a statement.
     *
     * @throws MalformedEvent where it is no statement of a test result
     */
    public static Statement read(byte[] json) {
        return EventJson.read(json, Statement.class);
    }

    /** Its JSON, in one order. */
    public byte[] json() {
        return EventJson.write(this);
    }

    /** Whether it is about this digest. */
    public boolean about(Digest digest) {
        return subject.stream().anyMatch(one -> digest.hex().equals(one.digest().get("sha256")));
    }

    /**
     * Something that was tested.
     *
     * @param name its name, for people
     * @param digest its digests by algorithm
     */
    public record Subject(String name, Map<String, String> digest) {
        public Subject {
            digest = digest == null ? Map.of() : Map.copyOf(digest);
        }
    }
}
