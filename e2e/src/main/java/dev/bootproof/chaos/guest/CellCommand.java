package dev.bootproof.chaos.guest;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.jspecify.annotations.Nullable;

/** One command that somebody gives at the door, done in the cell. */
final class CellCommand implements Command {
    private static final int CHUNK = 16 << 10;

    private final String line;
    private final Door.Shell shell;
    private @Nullable InputStream in;
    private @Nullable OutputStream out;
    private @Nullable OutputStream complaints;
    private @Nullable ExitCallback exit;
    private volatile @Nullable Process process;

    CellCommand(String line, Door.Shell shell) {
        this.line = line;
        this.shell = shell;
    }

    @Override
    public void setInputStream(InputStream stream) {
        in = stream;
    }

    @Override
    public void setOutputStream(OutputStream stream) {
        out = stream;
    }

    @Override
    public void setErrorStream(OutputStream stream) {
        complaints = stream;
    }

    @Override
    public void setExitCallback(ExitCallback callback) {
        exit = callback;
    }

    @Override
    public void start(ChannelSession channel, Environment environment) throws IOException {
        Process started = shell.start(line);
        process = started;
        Thread.ofPlatform().daemon().start(() -> copy(Objects.requireNonNull(in), started.getOutputStream(), true));
        Thread complained = Thread.ofPlatform()
                .daemon()
                .start(() -> copy(started.getErrorStream(), Objects.requireNonNull(complaints), false));
        Thread.ofPlatform().daemon().start(() -> finish(started, complained));
    }

    private void finish(Process started, Thread complained) {
        copy(started.getInputStream(), Objects.requireNonNull(out), false);
        try {
            complained.join();
            Objects.requireNonNull(exit).onExit(started.waitFor());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The other end may go at any time, which is its good right. */
    private static void copy(InputStream from, OutputStream to, boolean close) {
        try {
            byte[] chunk = new byte[CHUNK];
            for (int read = from.read(chunk); read >= 0; read = from.read(chunk)) {
                to.write(chunk, 0, read);
                to.flush();
            }
            if (close) {
                to.close();
            }
        } catch (IOException e) {
            System.err.println("a command's line broke: " + e.getMessage());
        }
    }

    @Override
    public void destroy(ChannelSession channel) {
        Process left = process;
        if (left != null) {
            left.destroy();
        }
    }
}
