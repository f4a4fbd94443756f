package dev.bootproof.vmprovisioner.qemu;

import dev.bootproof.events.EventJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * What Ignition is told, in QEMU's {@code fw_cfg}, under the names that Fedora CoreOS and Flatcar look for.
 *
 * @see <a href="https://coreos.github.io/ignition/configuration-v3_3/">Ignition, configuration of version 3.3</a>
 * @param file the configuration
 */
record IgnitionConfig(Path file) implements Part {
    private static final int OWNER_ONLY = 0600;
    private static final int READABLE = 0644;

    /** Writes the configuration for these keys. */
    static IgnitionConfig write(Keys keys, Path directory) throws IOException {
        String json = new String(EventJson.write(config(keys)), StandardCharsets.UTF_8);
        return new IgnitionConfig(SecretFile.write(directory, "ignition.json", json));
    }

    @Override
    public List<String> arguments() {
        String from = ",file=" + Part.value(file);
        return List.of(
                "-fw_cfg", "name=opt/com.coreos/config" + from, "-fw_cfg", "name=opt/org.flatcar-linux/config" + from);
    }

    static Map<String, Object> config(Keys keys) {
        return Map.of(
                "ignition", Map.of("version", "3.3.0"),
                "passwd", Map.of("users", List.of(user("root", keys), user("core", keys))),
                "storage",
                        Map.of(
                                "files",
                                List.of(
                                        file(Keys.HOST_KEY, OWNER_ONLY, keys.hostPrivate()),
                                        file(Keys.HOST_KEY + ".pub", READABLE, keys.hostPublic() + "\n"))),
                "systemd", Map.of("units", List.of(Map.of("name", "sshd.service", "enabled", true))));
    }

    private static Map<String, Object> user(String name, Keys keys) {
        return Map.of("name", name, "sshAuthorizedKeys", List.of(keys.authorized()));
    }

    private static Map<String, Object> file(String path, int mode, String content) {
        String data = Base64.getEncoder().encodeToString(content.getBytes(StandardCharsets.UTF_8));
        return Map.of(
                "path", path, "mode", mode, "overwrite", true, "contents", Map.of("source", "data:;base64," + data));
    }
}
