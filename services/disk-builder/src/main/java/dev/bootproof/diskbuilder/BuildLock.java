package dev.bootproof.diskbuilder;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The lease of a build: {@code work/<identity>.lock}, locked as long as its builder lives, whatever kills it. Only its
 * holder may touch {@code work/<identity>-*}.
 *
 * <p>A process loses its lock on a file as soon as it closes any channel of that file. So a file that this process has
 * or tries to lock is not opened a second time, and what a lock opened stays open until its end.
 */
final class BuildLock implements AutoCloseable {
    static final String SUFFIX = ".lock";

    private static final Set<Path> TAKEN_HERE = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final List<FileChannel> open = new ArrayList<>();

    private BuildLock(Path file) {
        this.file = file;
    }

    /** Takes it, unless somebody has it. */
    static Optional<BuildLock> tryTake(Path work, String identity) throws IOException {
        Path file = work.resolve(identity + SUFFIX).toAbsolutePath().normalize();
        if (!TAKEN_HERE.add(file)) {
            return Optional.empty();
        }
        BuildLock lock = new BuildLock(file);
        boolean taken = false;
        try {
            taken = lock.take();
            return taken ? Optional.of(lock) : Optional.empty();
        } finally {
            if (!taken) {
                lock.letGo();
            }
        }
    }

    private boolean take() throws IOException {
        FileChannel channel = open(StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        return channel.tryLock() != null && isStillThere(channel);
    }

    /** Its last holder removes the file: what is locked here must still be what has the name. */
    private boolean isStillThere(FileChannel locked) throws IOException {
        byte[] holder = (ProcessHandle.current().pid() + " " + UUID.randomUUID()).getBytes(StandardCharsets.US_ASCII);
        locked.truncate(0);
        locked.write(ByteBuffer.wrap(holder));
        try {
            ByteBuffer read = ByteBuffer.allocate(holder.length);
            open(StandardOpenOption.READ).read(read);
            return read.flip().equals(ByteBuffer.wrap(holder));
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private FileChannel open(OpenOption... options) throws IOException {
        FileChannel channel = FileChannel.open(file, options);
        open.add(channel);
        return channel;
    }

    @Override
    public void close() throws IOException {
        try {
            Files.deleteIfExists(file);
        } finally {
            letGo();
        }
    }

    private void letGo() throws IOException {
        try {
            for (FileChannel channel : open) {
                channel.close();
            }
        } finally {
            TAKEN_HERE.remove(file);
        }
    }
}
