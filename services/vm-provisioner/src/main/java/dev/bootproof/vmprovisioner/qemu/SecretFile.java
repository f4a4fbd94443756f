package dev.bootproof.vmprovisioner.qemu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Files that nobody but their owner can read, from their first moment on. */
final class SecretFile {
    private SecretFile() {}

    /** Makes an empty one, to be filled by somebody else. */
    static Path empty(Path directory, String name) throws IOException {
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        return Files.createFile(directory.resolve(name), ownerOnly);
    }

    /** Makes one with this content. */
    static Path write(Path directory, String name, String content) throws IOException {
        return Files.writeString(empty(directory, name), content);
    }
}
