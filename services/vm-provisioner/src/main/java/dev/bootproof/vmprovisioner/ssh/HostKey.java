package dev.bootproof.vmprovisioner.ssh;

import java.security.PublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.SecurityUtils;
import net.schmizz.sshj.transport.verification.HostKeyVerifier;

/** Takes one host key and no other, and remembers what it was shown instead. */
final class HostKey implements HostKeyVerifier {
    private final byte[] pinned;
    private volatile String refused = "";

    /**
     * @param publicLine the key as a line of OpenSSH
     */
    HostKey(String publicLine) {
        this.pinned = Base64.getDecoder().decode(publicLine.split(" ", -1)[1]);
    }

    @Override
    public boolean verify(String hostname, int port, PublicKey key) {
        byte[] shown = new Buffer.PlainBuffer().putPublicKey(key).getCompactData();
        boolean same = Arrays.equals(pinned, shown);
        if (!same) {
            refused = key.getAlgorithm() + " " + SecurityUtils.getFingerprint(key);
        }
        return same;
    }

    @Override
    public List<String> findExistingAlgorithms(String hostname, int port) {
        return List.of("ssh-ed25519");
    }

    /** Whether another key was shown. */
    boolean refused() {
        return !refused.isEmpty();
    }

    /** The key that was shown instead. */
    String shown() {
        return refused;
    }
}
