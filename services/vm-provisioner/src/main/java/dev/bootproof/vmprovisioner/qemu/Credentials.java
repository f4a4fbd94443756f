package dev.bootproof.vmprovisioner.qemu;

import dev.bootproof.events.DerivedKeys;
import dev.bootproof.events.Ed25519Keys;
import dev.bootproof.events.RunId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a guest is told when it starts, as systemd credentials in SMBIOS strings: the key it lets in, the host key it
 * shows, and that it starts its SSH server. Each lies in a file of its own, because a command line is everybody's to
 * read.
 *
 * @see <a href="https://systemd.io/CREDENTIALS/">System and service credentials</a>
 */
final class Credentials {
    private static final String HOST_KEY = "/etc/ssh/ssh_host_ed25519_key";

    /** Read by systemd 256 and newer; older ones take the same wish from the kernel command line. */
    private static final String START_SSHD = "[Unit]\nWants=ssh.service sshd.service\n";

    private final DerivedKeys keys;

    Credentials(DerivedKeys keys) {
        this.keys = keys;
    }

    /** Writes the files for this run and says where they are. */
    List<Path> write(RunId run, Path directory) throws IOException {
        Ed25519Keys host = keys.host(run);
        String hostFiles = file(HOST_KEY, "0600", host.privateFile(run.value()))
                + file(HOST_KEY + ".pub", "0644", host.publicLine(run.value()) + "\n");
        Map<String, String> credentials = new LinkedHashMap<>();
        credentials.put("ssh.authorized_keys.root", keys.user(run).publicLine("bootproof") + "\n");
        credentials.put("tmpfiles.extra", hostFiles);
        credentials.put("systemd.unit-dropin.multi-user.target", START_SSHD);
        List<Path> files = new ArrayList<>();
        for (Map.Entry<String, String> credential : credentials.entrySet()) {
            files.add(write(directory, credential.getKey(), credential.getValue()));
        }
        return files;
    }

    /** A line of tmpfiles.d that writes this file whatever was there. */
    private static String file(String path, String mode, String content) {
        return "f+~ " + path + " " + mode + " root root - " + base64(content) + "\n";
    }

    private static Path write(Path directory, String name, String content) throws IOException {
        Path file = directory.resolve("credential-" + name);
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        Files.createFile(file, ownerOnly);
        return Files.writeString(file, "io.systemd.credential.binary:" + name + "=" + base64(content));
    }

    private static String base64(String content) {
        return Base64.getEncoder().encodeToString(content.getBytes(StandardCharsets.UTF_8));
    }
}
