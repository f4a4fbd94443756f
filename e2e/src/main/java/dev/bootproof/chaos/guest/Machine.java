package dev.bootproof.chaos.guest;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** A machine that a stand-in plays: its console, its door, what QEMU would say of it, and what goes wrong with it. */
final class Machine implements QmpServer.Commands, Door.Shell {
    private static final Duration STEP = Duration.ofMillis(150);
    private static final Duration SLOW = Duration.ofSeconds(3);
    private static final Duration INTO_THE_SUITE = Duration.ofMillis(400);
    private static final int RESTARTS = 5;
    private static final String SILENT = "exec sleep 86400";
    private static final Map<String, Object> BY_THE_GUEST = Map.of("guest", true, "reason", "guest-shutdown");
    private static final Map<String, Object> BY_THE_HOST = Map.of("guest", false, "reason", "host-qmp-quit");

    private final QemuWords words;
    private final Cell cell;
    private final Console console;
    private final FlakyLine line;
    private final QmpServer qmp;
    private final ScheduledExecutorService time = Executors.newSingleThreadScheduledExecutor();
    private final AtomicBoolean hung = new AtomicBoolean();
    private final AtomicBoolean struck = new AtomicBoolean();
    private volatile String status = "running";

    Machine(QemuWords words, Cell cell) {
        this.words = words;
        this.cell = cell;
        this.console = new Console(words.console());
        this.line = new FlakyLine(words.script());
        this.qmp = new QmpServer(words.socket(), this);
    }

    /** Makes all that others reach it by. */
    void open() throws IOException, GeneralSecurityException {
        int server = new Door(0, GuestKeys.read(words.credentials()), this).open();
        line.start(words.port(), server);
        console.open();
        qmp.start();
    }

    /** Boots, as far as the script lets it. */
    void boot() {
        console.say("[    0.000000] Linux version 6.12.0-standin (stand-in) " + words.kernelArguments());
        switch (words.script()) {
            case PANIC_WHILE_BOOTING -> after(STEP, this::panic);
            case REBOOT_LOOP -> after(STEP, () -> restart(RESTARTS));
            case SLOW_BOOT -> after(SLOW, this::comeUp);
            case GOOD,
                    PANIC_WHILE_TESTING,
                    POWER_OFF,
                    FAILING_SUITE,
                    HANGING_SUITE,
                    SLOW_BANNER,
                    RESET_AFTER_BYTES,
                    HANG_COMMAND,
                    DIES -> after(STEP, this::comeUp);
        }
    }

    private void comeUp() {
        console.say(
                "Welcome to Stand-in Linux!",
                "[  OK  ] Reached target multi-user.target - Multi-User System.",
                "Stand-in Linux standin ttyS0");
    }

    private void restart(int times) {
        qmp.event("RESET", Map.of("guest", true, "reason", "guest-reset"));
        console.say("[    0.000000] Linux version 6.12.0-standin (stand-in)");
        if (times > 0) {
            after(STEP, () -> restart(times - 1));
        }
    }

    private void panic() {
        line.freeze(true);
        status = "guest-panicked";
        console.say("[    1.618033] Kernel panic - not syncing: Attempted to kill init! exitcode=0x0000000b");
        qmp.event("GUEST_PANICKED", Map.of("action", "pause"));
    }

    private void powerOff() {
        console.say("[    2.718281] reboot: Power down");
        qmp.event("SHUTDOWN", BY_THE_GUEST);
        end();
    }

    @Override
    public Process start(String asked) throws IOException {
        if (asked.contains("guest/await-suite") && words.script() == Script.HANG_COMMAND && !hung.getAndSet(true)) {
            return cell.start(SILENT);
        }
        Process started = cell.start(asked);
        if (asked.contains("guest/start-suite") && !struck.getAndSet(true)) {
            strike();
        }
        return started;
    }

    private void strike() {
        switch (words.script()) {
            case PANIC_WHILE_TESTING -> after(INTO_THE_SUITE, this::panic);
            case POWER_OFF -> after(INTO_THE_SUITE, this::powerOff);
            case DIES -> after(INTO_THE_SUITE, () -> Runtime.getRuntime().halt(1));
            case GOOD,
                    SLOW_BOOT,
                    PANIC_WHILE_BOOTING,
                    REBOOT_LOOP,
                    FAILING_SUITE,
                    HANGING_SUITE,
                    SLOW_BANNER,
                    RESET_AFTER_BYTES,
                    HANG_COMMAND -> {}
        }
    }

    private void after(Duration delay, Runnable step) {
        ScheduledFuture<?> _ = time.schedule(step, delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public String status() {
        return status;
    }

    @Override
    public void stop() {
        line.freeze(true);
        status = "paused";
        qmp.event("STOP", Map.of());
    }

    @Override
    public void cont() {
        line.freeze(false);
        status = "running";
        qmp.event("RESUME", Map.of());
    }

    @Override
    public void quit() {
        qmp.event("SHUTDOWN", BY_THE_HOST);
        end();
    }

    private void end() {
        cell.close();
        Runtime.getRuntime().halt(0);
    }

    @Override
    public void screendump(Path file) throws IOException {
        Screen.writeTo(file);
    }
}
