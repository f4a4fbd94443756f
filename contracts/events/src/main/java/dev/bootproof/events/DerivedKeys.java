package dev.bootproof.events;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * The keys of a run, derived and never sent: whoever knows the lab's secret computes the same pair from the run's
 * name, so no private key is in an event or a store. HKDF-SHA256 (RFC 5869) with the run as salt.
 */
public final class DerivedKeys {
    private static final int SEED_BYTES = 32;
    private static final int SHORTEST_SECRET = 32;

    private final byte[] labSecret;

    /**
     * @param labSecret at least 32 random bytes that only the lab knows
     */
    public DerivedKeys(byte[] labSecret) {
        if (labSecret.length < SHORTEST_SECRET) {
            throw new IllegalArgumentException("the lab secret is shorter than 32 bytes: make one of random bytes");
        }
        this.labSecret = labSecret.clone();
    }

    /** The key that the lab logs in with. */
    public Ed25519Keys user(RunId run) {
        return derive(run, "ssh user");
    }

    /** The key that the guest's SSH server shows. */
    public Ed25519Keys host(RunId run) {
        return derive(run, "ssh host");
    }

    private Ed25519Keys derive(RunId run, String purpose) {
        try {
            KDF hkdf = KDF.getInstance("HKDF-SHA256");
            byte[] seed = hkdf.deriveData(HKDFParameterSpec.ofExtract()
                    .addIKM(labSecret)
                    .addSalt(run.value().getBytes(StandardCharsets.UTF_8))
                    .thenExpand(("bootproof " + purpose).getBytes(StandardCharsets.UTF_8), SEED_BYTES));
            return new Ed25519Keys(seed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform since 25 has HKDF", e);
        }
    }
}
