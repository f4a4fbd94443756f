package dev.bootproof.chaos.guest;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.sshd.common.config.keys.AuthorizedKeyEntry;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;
import org.apache.sshd.common.util.security.SecurityUtils;

/**
 * The keys that a guest is told when it starts, as systemd would read them from the machine's SMBIOS strings.
 *
 * @see <a href="https://systemd.io/CREDENTIALS/">System and service credentials</a>
 * @param host what it shows
 * @param user whom it lets in
 */
record GuestKeys(KeyPair host, PublicKey user) {
    private static final Pattern CREDENTIAL = Pattern.compile("io\\.systemd\\.credential\\.binary:([^=]+)=(.*)");
    private static final Pattern HOST_KEY =
            Pattern.compile("f\\+~ /etc/ssh/ssh_host_ed25519_key 0600 \\S+ \\S+ - (.*)");

    /** Reads them from these files. */
    static GuestKeys read(List<Path> credentials) throws IOException, GeneralSecurityException {
        String files = credential(credentials, "tmpfiles.extra");
        Matcher hostKey = HOST_KEY.matcher(files);
        if (!hostKey.find()) {
            throw new IOException("tmpfiles.extra has no host key");
        }
        byte[] file = Base64.getDecoder().decode(hostKey.group(1).strip());
        KeyPair host = SecurityUtils.loadKeyPairIdentities(
                        null, () -> "host key", new ByteArrayInputStream(file), FilePasswordProvider.EMPTY)
                .iterator()
                .next();
        String authorized = credential(credentials, "ssh.authorized_keys.root").strip();
        PublicKey user = AuthorizedKeyEntry.parseAuthorizedKeyEntry(authorized)
                .resolvePublicKey(null, PublicKeyEntryResolver.FAILING);
        return new GuestKeys(host, user);
    }

    private static String credential(List<Path> credentials, String name) throws IOException {
        for (Path file : credentials) {
            Matcher found = CREDENTIAL.matcher(Files.readString(file).strip());
            if (found.matches() && found.group(1).equals(name)) {
                return new String(Base64.getDecoder().decode(found.group(2).strip()), StandardCharsets.UTF_8);
            }
        }
        throw new IOException("the machine has no credential " + name);
    }
}
