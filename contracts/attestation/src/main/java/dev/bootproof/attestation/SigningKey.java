package dev.bootproof.attestation;

import dev.bootproof.events.MalformedEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;

/** The lab's key: ECDSA over P-256, in two PEM files, of which only the public one is for others. */
public final class SigningKey {
    private final PrivateKey secret;
    private final TrustedKey publicKey;

    private SigningKey(PrivateKey secret, TrustedKey publicKey) {
        this.secret = secret;
        this.publicKey = publicKey;
    }

    /**
     * The key in this file, with its public half beside it; made where there is none, once, however many ask at once.
     *
     * @param file the PEM of PKCS #8 (RFC 5958)
     * @throws MalformedEvent where what is there is no such key, or the two files are not of one key
     * @throws UncheckedIOException where it can be neither read nor made
     */
    public static SigningKey at(Path file) {
        try {
            if (!Files.exists(file)) {
                new KeyFile(file).make(SigningKey::generate);
            }
            return read(file);
        } catch (IOException e) {
            throw new UncheckedIOException("the key " + file + " can be neither read nor made", e);
        }
    }

    /** Where the public half lies: {@code attestation.pub} beside {@code attestation.key}. */
    public static Path publicFile(Path file) {
        String name = String.valueOf(file.getFileName()).replaceFirst("\\.key$", "");
        return file.resolveSibling(name + ".pub");
    }

    /** Its public half. */
    public TrustedKey publicKey() {
        return publicKey;
    }

    /** The signature over these bytes, ASN.1 DER. */
    byte[] sign(byte[] bytes) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(secret);
            signature.update(bytes);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform signs with ECDSA", e);
        }
    }

    private static SigningKey read(Path file) throws IOException {
        Path other = publicFile(file);
        if (!Files.exists(other)) {
            throw new MalformedEvent(
                    "key", other + " is missing: write it with openssl pkey -in " + file + " -pubout -out " + other);
        }
        try {
            var spec = new PKCS8EncodedKeySpec(Pem.decode(Files.readString(file), Pem.PRIVATE));
            PrivateKey secret = KeyFactory.getInstance("EC").generatePrivate(spec);
            return matched(new SigningKey(secret, TrustedKey.read(other)), file);
        } catch (GeneralSecurityException e) {
            throw new MalformedEvent("key", file + " is no private EC key: it must be PEM of PKCS #8, on P-256");
        }
    }

    private static SigningKey matched(SigningKey key, Path file) {
        var probe = new Envelope(new byte[0], "probe", List.of());
        byte[] signature = key.sign(probe.signedBytes());
        var signed = new Envelope(new byte[0], "probe", List.of(new Envelope.Signature("", signature)));
        if (!key.publicKey.signed(signed)) {
            throw new MalformedEvent("key", publicFile(file) + " is not the public half of " + file);
        }
        return key;
    }

    private static KeyPair generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has P-256", e);
        }
    }

    static String publicPem(KeyPair pair) {
        return new TrustedKey((ECPublicKey) pair.getPublic()).pem();
    }
}
