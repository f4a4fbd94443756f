package dev.bootproof.testrunner.ssh;

import dev.bootproof.testrunner.Answer;
import dev.bootproof.testrunner.Command;
import dev.bootproof.testrunner.CommandTooSlow;
import dev.bootproof.testrunner.Content;
import dev.bootproof.testrunner.Guest;
import dev.bootproof.testrunner.GuestUnreachable;
import io.quarkus.logging.Log;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.connection.channel.direct.Session;

/** A guest over one SSH connection; every command is a channel of it. */
final class SshGuest implements Guest {
    private static final int COMPLAINT = 16 << 10;

    /** Of what is not kept, so much is heard to its end; then the channel is closed, whatever else is to come. */
    private static final long DROPPED = 1L << 20;

    /** As a shell says that a program was ended because nobody reads what it writes. */
    private static final int INTERRUPTED = 128 + 13;

    private final SSHClient client;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    SshGuest(SSHClient client) {
        this.client = client;
    }

    @Override
    public Answer run(Command command) {
        byte[] input = input(command);
        try (Session session = client.startSession()) {
            Future<Answer> answer = threads.submit(() -> answer(session.exec(command.line()), input, command));
            return answer.get(command.limit().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new CommandTooSlow(command.line(), command.limit());
        } catch (IOException e) {
            throw new GuestUnreachable("the connection broke: " + e.getMessage(), e);
        } catch (ExecutionException e) {
            throw new GuestUnreachable("the connection broke: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GuestUnreachable("the runner stops", e);
        }
    }

    private static byte[] input(Command command) {
        try (ByteArrayOutputStream input = new ByteArrayOutputStream()) {
            command.input().writeTo(input);
            return input.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("what a command is to read cannot be read here", e);
        }
    }

    private Answer answer(Session.Command running, byte[] input, Command command) throws Exception {
        Future<Content> complaint = threads.submit(() -> Content.read(running.getErrorStream(), COMPLAINT));
        threads.execute(() -> send(running, input));
        Content output = Content.read(heard(running, command), command.most(), DROPPED);
        if (!output.ended()) {
            return new Answer(INTERRUPTED, output, "it said more than anybody listens to");
        }
        running.join();
        Integer exit = running.getExitStatus();
        if (exit == null) {
            throw new IOException("the guest closed the channel without an exit code");
        }
        return new Answer(exit, output, complaint.get().text());
    }

    private InputStream heard(Session.Command running, Command command) {
        return new HeardStream(
                running.getInputStream(), line -> command.listener().heard(line, this));
    }

    /** A command may end without reading all of its input; its exit code says whether that was well. */
    private static void send(Session.Command running, byte[] input) {
        try (OutputStream in = running.getOutputStream()) {
            in.write(input);
            // Closing drops what the guest's window had no room for; flushing waits for it.
            in.flush();
        } catch (IOException e) {
            Log.debugf("a command did not read its input: %s", e.getMessage());
        }
    }

    @Override
    public void close() {
        close(client);
        threads.shutdownNow();
    }

    static void close(SSHClient client) {
        try {
            client.close();
        } catch (IOException e) {
            Log.debugf("the connection was closed already: %s", e.getMessage());
        }
    }
}
