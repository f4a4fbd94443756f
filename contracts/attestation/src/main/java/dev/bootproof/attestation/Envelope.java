package dev.bootproof.attestation;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.bootproof.events.EventJson;
import dev.bootproof.events.MalformedEvent;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A signed payload in a DSSE envelope (github.com/secure-systems-lab/dsse, {@code envelope.md} and {@code protocol.md}).
 *
 * @param payload the signed bytes
 * @param payloadType what they are
 * @param signatures the signatures over both
 */
@SuppressWarnings("ArrayRecordComponent")
public record Envelope(byte[] payload, String payloadType, List<Signature> signatures) {
    /** The payload type of in-toto statements. */
    public static final String IN_TOTO = "application/vnd.in-toto+json";

    /** The media type of the envelope. */
    public static final String MEDIA_TYPE = "application/vnd.dsse.envelope.v1+json";

    public Envelope {
        if (payload == null || payloadType == null || signatures == null) {
            throw new MalformedEvent("payload", "it is no DSSE envelope");
        }
        payload = payload.clone();
        signatures = List.copyOf(signatures);
    }

    /** An in-toto statement with the signature of this key. */
    public static Envelope sign(Statement statement, SigningKey key) {
        byte[] payload = statement.json();
        var signature = new Signature(key.publicKey().id(), key.sign(encoded(IN_TOTO, payload)));
        return new Envelope(payload, IN_TOTO, List.of(signature));
    }

    /**
     * Reads an envelope.
     *
     * @throws MalformedEvent where it is none
     */
    public static Envelope read(byte[] json) {
        return EventJson.read(json, Envelope.class);
    }

    /** Its JSON. */
    public byte[] json() {
        return EventJson.write(this);
    }

    /** What is really signed: type and payload with their lengths before them (DSSE's PAE). */
    public byte[] signedBytes() {
        return encoded(payloadType, payload);
    }

    /** The payload. */
    @Override
    public byte[] payload() {
        return payload.clone();
    }

    private static byte[] encoded(String type, byte[] payload) {
        byte[] name = type.getBytes(StandardCharsets.UTF_8);
        var out = new ByteArrayOutputStream(payload.length + name.length + 32);
        out.writeBytes(("DSSEv1 " + name.length + " ").getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(name);
        out.writeBytes((" " + payload.length + " ").getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(payload);
        return out.toByteArray();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Envelope that
                && payloadType.equals(that.payloadType)
                && signatures.equals(that.signatures)
                && Arrays.equals(payload, that.payload);
    }

    @Override
    public int hashCode() {
        return Objects.hash(Arrays.hashCode(payload), payloadType, signatures);
    }

    @Override
    public String toString() {
        return payloadType + " of " + payload.length + " bytes";
    }

    /**
     * A signature.
     *
     * @param keyid which key it says to be of; a hint that proves nothing, empty where it says none
     * @param sig ECDSA over P-256 with SHA-256, ASN.1 DER
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Signature(
            @JsonInclude(JsonInclude.Include.NON_EMPTY) String keyid, byte[] sig) {
        public Signature {
            keyid = keyid == null ? "" : keyid;
            sig = sig == null ? new byte[0] : sig.clone();
        }

        /** The signature itself. */
        @Override
        public byte[] sig() {
            return sig.clone();
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Signature that && keyid.equals(that.keyid) && Arrays.equals(sig, that.sig);
        }

        @Override
        public int hashCode() {
            return Objects.hash(keyid, Arrays.hashCode(sig));
        }
    }
}
