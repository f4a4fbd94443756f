package dev.bootproof.vmprovisioner.qemu;

import dev.bootproof.vmprovisioner.ConsoleReading;
import dev.bootproof.vmprovisioner.Signal;
import io.quarkus.logging.Log;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.function.Consumer;

/** Follows a console's file as it grows; woken by the kernel, not by the clock. */
final class ConsoleTail implements AutoCloseable {
    private final Path file;
    private final WatchService watch;
    private final Consumer<Signal> listener;
    private final ConsoleReading reading = new ConsoleReading();
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
    private final ConsoleSpace space;
    private volatile long position;

    /**
     * Watches the directory of this file from now on.
     *
     * @param files the machine's files
     * @param position how many bytes of it are known already
     * @throws NoSuchFileException when the directory has been removed
     */
    ConsoleTail(MachineFiles files, long position, Consumer<Signal> listener) throws IOException {
        this.file = files.console();
        this.position = position;
        this.listener = listener;
        this.space = new ConsoleSpace(files);
        this.watch = file.getFileSystem().newWatchService();
        try {
            WatchKey _ = files.directory()
                    .register(watch, StandardWatchEventKinds.ENTRY_MODIFY, StandardWatchEventKinds.ENTRY_CREATE);
        } catch (IOException e) {
            watch.close();
            throw e;
        }
    }

    void start() {
        Thread.ofVirtual().name("console " + file).start(this::follow);
    }

    /** How many bytes have been read. */
    long position() {
        return position;
    }

    /**
     * Reads what there is now; returns when the listener has heard of it. What is written meanwhile is for the next
     * time, for a guest may write faster than anybody reads.
     */
    synchronized void catchUp() {
        try (SeekableByteChannel console = Files.newByteChannel(file)) {
            long end = console.size();
            console.position(position);
            buffer.clear();
            while (position < end && console.read(buffer) > 0) {
                buffer.flip();
                int count = buffer.limit();
                reading.read(StandardCharsets.UTF_8.decode(buffer).toString()).forEach(listener);
                position += count;
                buffer.clear();
            }
            space.keepSmall(position);
        } catch (NoSuchFileException e) {
            Log.debugf("%s is not there", file);
        } catch (IOException e) {
            Log.errorf(e, "the console %s cannot be read", file);
        }
    }

    /** Says in the console itself that what follows was written after another past than what stands before. */
    synchronized void startAfresh(String remark) throws IOException {
        Files.writeString(file, "\n[" + remark + "]\n", StandardOpenOption.APPEND);
        catchUp();
        reading.startAfresh();
    }

    @Override
    public void close() {
        try {
            watch.close();
        } catch (IOException e) {
            Log.debugf(e, "the watch on %s was not closed well", file);
        }
    }

    private void follow() {
        try {
            boolean directoryIsThere = true;
            while (directoryIsThere) {
                catchUp();
                WatchKey changed = watch.take();
                changed.pollEvents();
                directoryIsThere = changed.reset();
            }
        } catch (ClosedWatchServiceException e) {
            Log.debugf("%s is not followed any more", file);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
