package dev.bootproof.vmprovisioner.qemu;

import dev.bootproof.events.RunId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What cloud-init is told: a FAT filesystem with the label {@code cidata} on a read-only virtio disk, which is what every
 * image that knows cloud-init has drivers for.
 *
 * @see <a href="https://docs.cloud-init.io/en/latest/reference/datasources/nocloud.html">NoCloud</a>
 * @param image the filesystem
 */
record CloudInitSeed(Path image) implements Part {
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    /** Makes the filesystem for these keys. */
    static CloudInitSeed write(RunId run, Keys keys, Path directory) throws IOException {
        Path image = SecretFile.empty(directory, "cidata.img");
        Path user = SecretFile.write(directory, "cidata-user-data", userData(keys));
        Path meta = SecretFile.write(directory, "cidata-meta-data", "instance-id: " + run + "\n");
        mtools(directory, "mformat", "-i", image.toString(), "-C", "-f", "1440", "-v", "cidata", "::");
        mtools(directory, "mcopy", "-i", image.toString(), user.toString(), "::user-data");
        mtools(directory, "mcopy", "-i", image.toString(), meta.toString(), "::meta-data");
        return new CloudInitSeed(image);
    }

    @Override
    public List<String> arguments() {
        return new Drive("seed", "cidata", image, "raw", Drive.Kind.SIDE, Drive.NEVER).arguments();
    }

    /** Keys at the top go to the image's own user and, as root is not disabled, to root. */
    static String userData(Keys keys) {
        return """
                #cloud-config
                disable_root: false
                ssh_authorized_keys:
                  - %s
                ssh_deletekeys: true
                ssh_genkeytypes: []
                ssh_keys:
                  ed25519_public: %s
                  ed25519_private: |
                """.formatted(keys.authorized(), keys.hostPublic())
                + keys.hostPrivate().indent(4);
    }

    private static void mtools(Path directory, String... command) {
        Tool done = Tool.run(directory, DEADLINE, List.of(command));
        if (!done.ok()) {
            throw CannotStart.because("the seed for cloud-init could not be made", done, command[0], "mtools");
        }
    }
}
