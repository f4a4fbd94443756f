package dev.bootproof.events;

/**
 * Where a guest's SSH server answers. Its keys are derived from the run, never sent.
 *
 * @param host host to connect to
 * @param port port to connect to
 * @param user whom to log in as
 */
public record SshAddress(String host, int port, String user) {
    public SshAddress {
        Required.fields("host", host, "user", user);
    }
}
