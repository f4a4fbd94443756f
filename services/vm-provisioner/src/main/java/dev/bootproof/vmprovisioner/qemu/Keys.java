package dev.bootproof.vmprovisioner.qemu;

import dev.bootproof.events.DerivedKeys;
import dev.bootproof.events.Ed25519Keys;
import dev.bootproof.events.RunId;

/**
 * The keys of a run as a guest's SSH server takes them.
 *
 * @param authorized the line of {@code authorized_keys} that lets the lab in
 * @param hostPrivate the server's private key, as a file of OpenSSH
 * @param hostPublic its public key, as a line
 */
record Keys(String authorized, String hostPrivate, String hostPublic) {
    /** Where OpenSSH looks for the private key; the public one lies beside it. */
    static final String HOST_KEY = "/etc/ssh/ssh_host_ed25519_key";

    static Keys of(DerivedKeys keys, RunId run) {
        Ed25519Keys host = keys.host(run);
        return new Keys(
                keys.user(run).publicLine("bootproof"), host.privateFile(run.value()), host.publicLine(run.value()));
    }

    /** Not what it holds: it would end in a log. */
    @Override
    public String toString() {
        return "keys";
    }
}
