package dev.bootproof.attestation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bootproof.events.EventJson;
import dev.bootproof.events.MalformedEvent;
import java.io.IOException;

/**
 * A Sigstore bundle v0.3 around an envelope that is signed by a plain key, without a transparency log
 * (github.com/sigstore/protobuf-specs, {@code protos/sigstore_bundle.proto}, as JSON; docs.sigstore.dev/about/bundle).
 */
final class Bundle {
    static final String MEDIA_TYPE = "application/vnd.dev.sigstore.bundle.v0.3+json";

    private Bundle() {}

    /**
     * The bundle's JSON.
     *
     * @param hint which key it is signed by, as cosign says it
     */
    static byte[] json(Envelope envelope, String hint) {
        ObjectNode bundle = EventJson.mapper().createObjectNode().put("mediaType", MEDIA_TYPE);
        bundle.putObject("verificationMaterial").putObject("publicKey").put("hint", hint);
        ObjectNode dsse = bundle.putObject("dsseEnvelope");
        dsse.put("payload", envelope.payload());
        dsse.put("payloadType", envelope.payloadType());
        var signatures = dsse.putArray("signatures");
        for (Envelope.Signature signature : envelope.signatures()) {
            signatures.addObject().put("keyid", signature.keyid()).put("sig", signature.sig());
        }
        return EventJson.write(bundle);
    }

    /**
     * The envelope in a bundle.
     *
     * @throws MalformedEvent where there is none
     */
    static Envelope envelope(byte[] json) {
        try {
            JsonNode envelope = EventJson.mapper().readTree(json).path("dsseEnvelope");
            return Envelope.read(EventJson.write(envelope));
        } catch (IOException e) {
            throw new MalformedEvent("body", "it is no Sigstore bundle");
        }
    }
}
