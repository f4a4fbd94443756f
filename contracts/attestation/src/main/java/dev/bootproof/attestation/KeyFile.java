package dev.bootproof.attestation;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Makes a key's two files once: under a lock, each written whole before it has its name, the secret one last, because
 * its presence says that there is a key.
 *
 * @param file the secret one
 */
record KeyFile(Path file) {
    /** Locks of files are the process's: threads of one process take turns here. */
    private static final Object TURN = new Object();

    void make(Supplier<KeyPair> generate) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        synchronized (TURN) {
            try (FileChannel channel =
                            FileChannel.open(beside(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var _ = channel.lock()) {
                if (!Files.exists(file)) {
                    write(generate.get());
                }
            }
        }
    }

    private void write(KeyPair pair) throws IOException {
        Path readable = SigningKey.publicFile(file);
        place(readable, "rw-r--r--", SigningKey.publicPem(pair));
        place(file, "rw-------", Pem.encode(pair.getPrivate().getEncoded(), Pem.PRIVATE));
    }

    private static void place(Path target, String permissions, String content) throws IOException {
        Path unfinished = target.resolveSibling(target.getFileName() + ".new");
        Files.deleteIfExists(unfinished);
        var mine = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
        var how = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel out = FileChannel.open(unfinished, how, mine)) {
            out.write(ByteBuffer.wrap(content.getBytes(StandardCharsets.US_ASCII)));
            out.force(true);
        }
        Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
    }

    private Path beside(String ending) {
        return file.resolveSibling(file.getFileName() + ending);
    }
}
