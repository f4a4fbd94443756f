package dev.bootproof.events;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Base64;

/**
 * An Ed25519 key pair made from a seed, and its forms in files of OpenSSH.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8709">RFC 8709, the public key on the wire</a>
 * @see <a href="https://github.com/openssh/openssh-portable/blob/master/PROTOCOL.key">PROTOCOL.key, the private key
 *     file</a>
 */
public final class Ed25519Keys {
    private static final String ALGORITHM = "ssh-ed25519";
    private static final int BLOCK = 8;
    private static final int LINE = 70;

    private final byte[] seed;
    private final KeyPair pair;

    /**
     * The key pair of this seed.
     *
     * @param seed 32 bytes
     */
    public Ed25519Keys(byte[] seed) {
        this.seed = seed.clone();
        this.pair = generate(this.seed);
    }

    /** The pair for the Java security API. */
    public KeyPair pair() {
        return pair;
    }

    /** The public key as a line of {@code authorized_keys}, without a line end. */
    public String publicLine(String comment) {
        return ALGORITHM + " " + Base64.getEncoder().encodeToString(publicBlob()) + " " + comment;
    }

    /** The private key as an unencrypted OpenSSH file. */
    public String privateFile(String comment) {
        byte[] secret = frame(out -> {
            int check = Arrays.hashCode(seed);
            out.writeInt(check);
            out.writeInt(check);
            out.write(publicBlob());
            string(out, concat(seed, rawPublic()));
            string(out, comment.getBytes(StandardCharsets.UTF_8));
            for (int pad = 1; out.size() % BLOCK != 0; pad++) {
                out.write(pad);
            }
        });
        byte[] file = frame(out -> {
            out.write("openssh-key-v1\0".getBytes(StandardCharsets.US_ASCII));
            string(out, "none".getBytes(StandardCharsets.US_ASCII));
            string(out, "none".getBytes(StandardCharsets.US_ASCII));
            string(out, new byte[0]);
            out.writeInt(1);
            string(out, publicBlob());
            string(out, secret);
        });
        String body = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(file);
        return "-----BEGIN OPENSSH PRIVATE KEY-----\n" + body + "\n-----END OPENSSH PRIVATE KEY-----\n";
    }

    private byte[] publicBlob() {
        return frame(out -> {
            string(out, ALGORITHM.getBytes(StandardCharsets.US_ASCII));
            string(out, rawPublic());
        });
    }

    /** The last 32 bytes of the X.509 form are the raw key (RFC 8410). */
    private byte[] rawPublic() {
        byte[] encoded = pair.getPublic().getEncoded();
        return Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
    }

    private static KeyPair generate(byte[] seed) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(NamedParameterSpec.ED25519, new Seed(seed));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform since 15 has Ed25519", e);
        }
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static void string(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] frame(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            writing.to(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Writes a frame. */
    private interface Writing {
        void to(DataOutputStream out) throws IOException;
    }

    /** The generator draws its private key from here, which is how a key is made from a seed without own arithmetic. */
    private static final class Seed extends SecureRandom {
        private static final long serialVersionUID = 1L;
        private final byte[] seed;

        Seed(byte[] seed) {
            this.seed = seed.clone();
        }

        @Override
        public void nextBytes(byte[] bytes) {
            System.arraycopy(seed, 0, bytes, 0, bytes.length);
        }
    }
}
