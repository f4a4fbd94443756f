package dev.bootproof.attestation;

import dev.bootproof.attestation.Attestations.Found;
import dev.bootproof.events.Digest;
import dev.bootproof.events.ImageRef;
import dev.bootproof.events.MalformedEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What of all that hangs on a digest can be believed, newest first, and why the rest cannot.
 *
 * @param believed verdicts about this digest by trusted keys
 * @param refused for each other one a sentence
 */
record Evidence(List<Believed> believed, List<String> refused) {
    /** A verdict by a trusted key. */
    record Believed(ImageRef where, TestResult result, String keyId) {}

    static Evidence of(List<Found> found, Digest digest, List<TrustedKey> trusted) {
        List<Believed> believed = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        for (Found one : found) {
            Optional<TrustedKey> key =
                    trusted.stream().filter(each -> each.signed(one.envelope())).findFirst();
            if (key.isEmpty()) {
                refused.add(unsigned(one, trusted));
                continue;
            }
            try {
                believed.add(believe(one, digest, key.get()));
            } catch (MalformedEvent e) {
                refused.add(String.valueOf(e.getMessage()));
            }
        }
        believed.sort(Comparator.comparing((Believed one) -> one.result().run().finishedAt())
                .reversed());
        return new Evidence(believed, refused.stream().distinct().toList());
    }

    private static Believed believe(Found one, Digest digest, TrustedKey key) {
        if (!one.envelope().payloadType().equals(Envelope.IN_TOTO)) {
            throw new MalformedEvent("payloadType", "a signed " + one.envelope().payloadType() + " is no verdict");
        }
        Statement statement = Statement.read(one.envelope().payload());
        if (!statement.about(digest)) {
            throw new MalformedEvent("subject", "a verdict hangs here that is about another digest");
        }
        return new Believed(one.where(), statement.predicate(), key.id());
    }

    private static String unsigned(Found one, List<TrustedKey> trusted) {
        List<String> named = one.envelope().signatures().stream()
                .map(Envelope.Signature::keyid)
                .toList();
        boolean claimed = trusted.stream().map(TrustedKey::id).anyMatch(named::contains);
        if (claimed) {
            return "a signature is not valid: what it is said to sign was changed, or it is not of the key it names";
        }
        String names =
                String.join(", ", named.stream().filter(name -> !name.isEmpty()).toList());
        return names.isEmpty()
                ? "a statement is signed by no trusted key"
                : "a statement is signed by a key that is not trusted, " + names;
    }
}
