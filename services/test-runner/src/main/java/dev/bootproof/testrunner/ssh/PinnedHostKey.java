package dev.bootproof.testrunner.ssh;

import java.security.PublicKey;
import java.util.Arrays;
import java.util.List;
import net.schmizz.sshj.common.KeyType;
import net.schmizz.sshj.transport.verification.HostKeyVerifier;

/** Accepts one host key, and remembers that another was shown. */
final class PinnedHostKey implements HostKeyVerifier {
    private final PublicKey pinned;
    private volatile boolean otherShown;

    PinnedHostKey(PublicKey pinned) {
        this.pinned = pinned;
    }

    @Override
    public boolean verify(String hostname, int port, PublicKey shown) {
        boolean same = Arrays.equals(pinned.getEncoded(), shown.getEncoded());
        otherShown = !same;
        return same;
    }

    /** Whether somebody showed another key. */
    boolean otherShown() {
        return otherShown;
    }

    @Override
    public List<String> findExistingAlgorithms(String hostname, int port) {
        return List.of(KeyType.ED25519.toString());
    }
}
