package dev.bootproof.vmprovisioner.qemu;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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
 * @param files the files
 */
record Credentials(List<Path> files) implements Part {
    /** Read by systemd 256 and newer; older ones take the same wish from the kernel command line. */
    private static final String START_SSHD = "[Unit]\nWants=ssh.service sshd.service\n";

    /** Writes the files for these keys. */
    static Credentials write(Keys keys, Path directory) throws IOException {
        String hostFiles = file(Keys.HOST_KEY, "0600", keys.hostPrivate())
                + file(Keys.HOST_KEY + ".pub", "0644", keys.hostPublic() + "\n");
        Map<String, String> credentials = new LinkedHashMap<>();
        credentials.put("ssh.authorized_keys.root", keys.authorized() + "\n");
        credentials.put("tmpfiles.extra", hostFiles);
        credentials.put("systemd.unit-dropin.multi-user.target", START_SSHD);
        List<Path> files = new ArrayList<>();
        for (Map.Entry<String, String> credential : credentials.entrySet()) {
            String name = credential.getKey();
            String line = "io.systemd.credential.binary:" + name + "=" + base64(credential.getValue());
            files.add(SecretFile.write(directory, "credential-" + name, line));
        }
        return new Credentials(files);
    }

    @Override
    public List<String> arguments() {
        return files.stream()
                .flatMap(file -> List.of("-smbios", "type=11,path=" + Part.value(file)).stream())
                .toList();
    }

    /** A line of tmpfiles.d that writes this file whatever was there. */
    private static String file(String path, String mode, String content) {
        return "f+~ " + path + " " + mode + " root root - " + base64(content) + "\n";
    }

    private static String base64(String content) {
        return Base64.getEncoder().encodeToString(content.getBytes(StandardCharsets.UTF_8));
    }
}
