package dev.bootproof.attestation;

import dev.bootproof.events.Digest;
import dev.bootproof.events.MalformedEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/**
 * The public half of a key that verdicts are signed with: ECDSA over P-256.
 *
 * @param key the key
 */
public record TrustedKey(ECPublicKey key) {
    private static final String CURVE = "nistp256";
    private static final int COORDINATE = 32;

    public TrustedKey {
        if (key.getParams().getCurve().getField().getFieldSize() != COORDINATE * Byte.SIZE) {
            throw new MalformedEvent(
                    "key",
                    "the key is of another curve than P-256: make one with"
                            + " openssl ecparam -name prime256v1 -genkey");
        }
    }

    /**
     * Reads the PEM of a public key, as {@code attestation.pub} and {@code cosign.pub} are.
     *
     * @throws MalformedEvent where the file cannot be read or holds no such key
     */
    public static TrustedKey read(Path file) {
        try {
            return parse(Files.readString(file));
        } catch (IOException e) {
            throw new MalformedEvent("key", "the key " + file + " cannot be read: name a PEM file with a public key");
        } catch (MalformedEvent e) {
            throw new MalformedEvent("key", file + ": " + e.getMessage());
        }
    }

    /**
     * Reads PEM of a SubjectPublicKeyInfo (RFC 7468, section 13).
     *
     * @throws MalformedEvent where it is none
     */
    public static TrustedKey parse(String pem) {
        try {
            var spec = new X509EncodedKeySpec(Pem.decode(pem, Pem.PUBLIC));
            return new TrustedKey((ECPublicKey) KeyFactory.getInstance("EC").generatePublic(spec));
        } catch (GeneralSecurityException e) {
            throw new MalformedEvent("key", "it is no public EC key: write the PEM that begins with BEGIN PUBLIC KEY");
        }
    }

    /** Its PEM. */
    public String pem() {
        return Pem.encode(key.getEncoded(), Pem.PUBLIC);
    }

    /**
     * Its name: the fingerprint that OpenSSH prints for it and that DSSE libraries expect as a key id, {@code SHA256:}
     * and Base64 of the hash of the key as in RFC 5656, section 3.1.
     */
    public String id() {
        var point = ByteBuffer.allocate(1 + 2 * COORDINATE)
                .put((byte) 4)
                .put(fixed(key.getW().getAffineX()))
                .put(fixed(key.getW().getAffineY()));
        var wire = new ByteArrayOutputStream();
        for (byte[] part : new byte[][] {ascii("ecdsa-sha2-" + CURVE), ascii(CURVE), point.array()}) {
            wire.writeBytes(
                    ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
            wire.writeBytes(part);
        }
        byte[] hash = Digest.sha256().digest(wire.toByteArray());
        return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(hash);
    }

    /** Its name in a Sigstore bundle, as cosign writes it: Base64 of the hash of the SubjectPublicKeyInfo. */
    String hint() {
        return Base64.getEncoder().encodeToString(Digest.sha256().digest(key.getEncoded()));
    }

    /** Whether one of the envelope's signatures is of this key. */
    public boolean signed(Envelope envelope) {
        byte[] signed = envelope.signedBytes();
        return envelope.signatures().stream().anyMatch(one -> verifies(signed, one.sig()));
    }

    private boolean verifies(byte[] signed, byte[] signature) {
        try {
            Signature check = Signature.getInstance("SHA256withECDSA");
            check.initVerify(key);
            check.update(signed);
            return check.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] fixed(BigInteger coordinate) {
        byte[] bytes = coordinate.toByteArray();
        byte[] fixed = new byte[COORDINATE];
        int length = Math.min(bytes.length, COORDINATE);
        System.arraycopy(bytes, bytes.length - length, fixed, COORDINATE - length, length);
        return fixed;
    }
}
