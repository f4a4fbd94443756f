package dev.bootproof.chaos.guest;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** The line between the lab and a guest's SSH server: as bad as the script wants it, and still while the machine is. */
final class FlakyLine {
    private static final int CHUNK = 512;
    private static final int BACKLOG = 16;
    private static final Duration SILENCE = Duration.ofSeconds(2);
    private static final int RESETS = 3;
    private static final int RESET_AFTER = 2600;

    private final Script script;
    private final Lock turn = new ReentrantLock();
    private final Condition goesOn = turn.newCondition();
    private boolean frozen;

    /** The line of a machine that plays this. */
    FlakyLine(Script script) {
        this.script = script;
    }

    /** Nothing passes any more, or all does again. */
    void freeze(boolean still) {
        turn.lock();
        try {
            frozen = still;
            goesOn.signalAll();
        } finally {
            turn.unlock();
        }
    }

    /**
     * Begins to listen.
     *
     * @param port where it is entered
     * @param server where it leads
     */
    void start(int port, int server) throws IOException {
        ServerSocket entry = new ServerSocket();
        entry.setReuseAddress(true);
        entry.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
        AtomicInteger count = new AtomicInteger();
        Thread.ofVirtual().name("line").start(() -> {
            try {
                while (true) {
                    Socket lab = entry.accept();
                    boolean bad = script == Script.RESET_AFTER_BYTES && count.getAndIncrement() < RESETS;
                    Thread.ofVirtual().start(() -> serve(lab, server, bad));
                }
            } catch (IOException e) {
                System.err.println("the line is dead: " + e);
            }
        });
    }

    private void serve(Socket lab, int server, boolean bad) {
        try (lab;
                Socket guest = new Socket(InetAddress.getLoopbackAddress(), server)) {
            if (script == Script.SLOW_BANNER) {
                TimeUnit.MILLISECONDS.sleep(SILENCE.toMillis());
            }
            Thread _ = Thread.ofVirtual().start(() -> pass(lab, guest, Integer.MAX_VALUE));
            pass(guest, lab, bad ? RESET_AFTER : Integer.MAX_VALUE);
            if (bad) {
                lab.setSoLinger(true, 0);
            }
        } catch (IOException e) {
            System.err.println("a connection ended: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Passes bytes on until there are none, or until so many are passed. */
    private void pass(Socket from, Socket to, int most) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] chunk = new byte[CHUNK];
            int passed = 0;
            for (int read = in.read(chunk); read >= 0 && passed < most; read = in.read(chunk)) {
                awaitTurn();
                out.write(chunk, 0, read);
                passed += read;
            }
            if (passed < most) {
                to.shutdownOutput();
            }
        } catch (IOException e) {
            System.err.println("a connection broke: " + e.getMessage());
        }
    }

    private void awaitTurn() {
        turn.lock();
        try {
            while (frozen) {
                goesOn.awaitUninterruptibly();
            }
        } finally {
            turn.unlock();
        }
    }
}
