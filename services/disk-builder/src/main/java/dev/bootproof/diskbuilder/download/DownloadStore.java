package dev.bootproof.diskbuilder.download;

import dev.bootproof.diskbuilder.HostFault;
import dev.bootproof.events.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Published files, each named by its checksum; a file's modification time says when it was used last.
 *
 * @param directory where they lie
 */
public record DownloadStore(Path directory) {
    private static final Pattern NAME = Pattern.compile("[0-9a-f]{64}");

    /**
     * A file of the store.
     *
     * @param path where it lies
     * @param used when it was used last
     * @param bytes its size
     */
    public record Stored(Path path, FileTime used, long bytes) {
        /** Its name. */
        public Digest checksum() {
            return new Digest("sha256:" + path.getFileName());
        }
    }

    /** The file with this checksum, if it is there and has it still; one that has not is removed. */
    public Optional<Path> find(Digest checksum, Instant now) {
        Path file = directory.resolve(checksum.hex());
        try (InputStream bytes = Files.newInputStream(file)) {
            MessageDigest hash = Digest.sha256();
            new DigestInputStream(bytes, hash).transferTo(OutputStream.nullOutputStream());
            if (!Digest.ofHash(hash.digest()).equals(checksum)) {
                Files.deleteIfExists(file);
                return Optional.empty();
            }
            Files.setLastModifiedTime(file, FileTime.from(now));
            return Optional.of(file);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw HostFault.of(e);
        }
    }

    /** Puts a file whose checksum was verified in its place. */
    public Path put(Path file, Digest checksum) {
        try {
            Files.createDirectories(directory);
            Path place = Files.move(file, directory.resolve(checksum.hex()), StandardCopyOption.ATOMIC_MOVE);
            try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
                names.force(true);
            }
            return place;
        } catch (IOException e) {
            throw HostFault.of(e);
        }
    }

    /** All files, longest unused first. */
    public List<Stored> all() throws IOException {
        if (!Files.exists(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(
                            file -> NAME.matcher(file.getFileName().toString()).matches())
                    .flatMap(file -> stored(file).stream())
                    .sorted(Comparator.comparing(Stored::used))
                    .toList();
        }
    }

    private static Optional<Stored> stored(Path file) {
        try {
            return Optional.of(new Stored(file, Files.getLastModifiedTime(file), Files.size(file)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
