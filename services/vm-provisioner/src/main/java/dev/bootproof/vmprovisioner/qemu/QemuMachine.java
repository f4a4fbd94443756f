package dev.bootproof.vmprovisioner.qemu;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bootproof.events.RunId;
import dev.bootproof.events.SshAddress;
import dev.bootproof.vmprovisioner.Machine;
import dev.bootproof.vmprovisioner.Rooms;
import dev.bootproof.vmprovisioner.Signal;
import dev.bootproof.vmprovisioner.Story;
import dev.bootproof.vmprovisioner.qemu.MachineFiles.Known;
import dev.bootproof.vmprovisioner.qemu.MachineFiles.Made;
import io.quarkus.logging.Log;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A machine that is a QEMU process, or was one. */
final class QemuMachine implements Machine, QmpClient.Listener {
    private static final Duration TO_STOP = Duration.ofSeconds(5);

    private final Made made;
    private final MachineFiles files;
    private final Clock clock;
    private final Runnable onGone;
    private final OptionalLong pid;
    private final ConsoleTail console;
    private final QemuEvents events = new QemuEvents();
    private final LiveStory story;
    private volatile @Nullable QmpClient qmp;
    private volatile boolean detached;

    private QemuMachine(Made made, MachineFiles files, OptionalLong pid, Clock clock, Runnable onGone)
            throws IOException {
        Known known = files.known().orElse(new Known(Story.started(made.startedAt()), 0));
        this.made = made;
        this.files = files;
        this.pid = pid;
        this.clock = clock;
        this.onGone = onGone;
        this.story = new LiveStory(known.story(), clock, this::keep);
        this.console = new ConsoleTail(files, known.consoleRead(), this::tell);
    }

    /**
     * Takes up the machine that lies in these files, whether its process runs or not.
     *
     * @param onGone called when it has gone
     */
    static QemuMachine of(Made made, MachineFiles files, OptionalLong pid, Clock clock, Runnable onGone)
            throws IOException {
        QemuMachine machine = new QemuMachine(made, files, pid, clock, onGone);
        machine.console.catchUp();
        if (pid.isPresent()) {
            machine.attach(pid.getAsLong());
        } else if (machine.story().alive()) {
            machine.tell(new Signal.Gone("it was gone when the lab looked again"));
        }
        if (!machine.story().alive()) {
            machine.console.close();
        }
        return machine;
    }

    private void attach(long process) {
        console.start();
        try {
            QmpClient client = QmpClient.connect(files.socket(), this);
            qmp = client;
            JsonNode status = client.execute("query-status", Map.of());
            events.status(status).ifPresent(this::tell);
        } catch (IOException e) {
            Log.errorf(e, "machine does not answer runId=%s phase=%d", run(), phase());
            CompletableFuture<Void> _ = ProcessHandle.of(process)
                    .map(left -> left.onExit().thenRun(this::closed))
                    .orElseGet(() -> CompletableFuture.runAsync(this::closed));
        }
    }

    /** Looks away: the process goes on, and who takes the machine up next hears of it. */
    void detach() {
        detached = true;
        console.close();
        QmpClient client = qmp;
        if (client != null) {
            client.close();
        }
    }

    @Override
    public void event(String name, JsonNode data) {
        console.catchUp();
        events.event(name, data).ifPresent(this::tell);
    }

    @Override
    public void closed() {
        if (detached) {
            return;
        }
        console.catchUp();
        tell(new Signal.Gone("QEMU ended though nobody asked it to"));
    }

    @Override
    public void tell(Signal signal) {
        if (story.tell(signal)) {
            console.close();
            Thread.ofVirtual().start(onGone);
        }
    }

    private void keep(Story now) {
        files.write(new Known(now, console.position()));
    }

    @Override
    public void nudge() {
        story.nudge();
    }

    @Override
    public Story story() {
        return story.now();
    }

    @Override
    public Story await(Predicate<Story> fits, Instant until) {
        try {
            return story.await(fits, until);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while watching " + name(), e);
        }
    }

    @Override
    public synchronized Optional<byte[]> screenshot() {
        QmpClient client = qmp;
        if (client == null || !story().alive()) {
            return Optional.empty();
        }
        try {
            String file = files.screenshot().toString();
            JsonNode _ = client.execute("screendump", Map.of("filename", file, "format", "png"));
            return Optional.of(Files.readAllBytes(files.screenshot()));
        } catch (IOException e) {
            Log.warnf("no screenshot runId=%s phase=%d: %s", run(), phase(), e.getMessage());
            return Optional.empty();
        }
    }

    /** QEMU may close the line before it answers; what counts is that it goes. */
    @Override
    public void stop() {
        QmpClient client = qmp;
        if (client != null && story().alive()) {
            try {
                JsonNode _ = client.execute("quit", Map.of());
            } catch (IOException e) {
                Log.debugf("quit runId=%s phase=%d: %s", run(), phase(), e.getMessage());
            }
            Story _ = await(now -> !now.alive(), clock.instant().plus(TO_STOP));
        }
        Processes.kill(name());
    }

    @Override
    public byte[] console() {
        return ConsoleText.of(files.console());
    }

    @Override
    public long unusedMiB() {
        long used = pid.isPresent() ? ProcMemory.residentMiB(pid.getAsLong()) : 0;
        return story().alive() ? Math.max(0, made.memoryMiB() + Rooms.OVERHEAD_MIB - used) : 0;
    }

    @Override
    public RunId run() {
        return made.run();
    }

    @Override
    public int phase() {
        return made.phase();
    }

    @Override
    public int attempt() {
        return made.attempt();
    }

    @Override
    public Instant startedAt() {
        return made.startedAt();
    }

    @Override
    public SshAddress ssh() {
        return new SshAddress("127.0.0.1", made.port(), "root");
    }
}
