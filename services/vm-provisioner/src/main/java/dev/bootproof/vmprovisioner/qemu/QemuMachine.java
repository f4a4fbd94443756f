package dev.bootproof.vmprovisioner.qemu;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bootproof.events.DerivedKeys;
import dev.bootproof.events.Fault;
import dev.bootproof.events.SshAddress;
import dev.bootproof.vmprovisioner.Capacity;
import dev.bootproof.vmprovisioner.Machine;
import dev.bootproof.vmprovisioner.Order;
import dev.bootproof.vmprovisioner.Refusal;
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
    private final Introduction introduction;
    private final ConsoleTail console;
    private final QemuEvents events = new QemuEvents();
    private final LiveStory story;
    private volatile @Nullable QmpClient qmp;
    private volatile boolean detached;

    private QemuMachine(Made made, MachineFiles files, DerivedKeys keys, Clock clock, Runnable onGone)
            throws IOException {
        Known known = files.known().orElse(new Known(Story.started(made.startedAt()), 0));
        this.made = made;
        this.files = files;
        this.pid = Processes.named(made.order().name(), files.directory());
        this.introduction = new Introduction(made.order(), files, keys);
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
    static QemuMachine of(Made made, MachineFiles files, DerivedKeys keys, Clock clock, Runnable onGone)
            throws IOException {
        QemuMachine machine = new QemuMachine(made, files, keys, clock, onGone);
        machine.console.catchUp();
        if (machine.pid.isPresent()) {
            machine.attach(machine.pid.getAsLong());
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

    @Override
    public Optional<String> introduce() {
        return introduction.inBoot(story().reboots());
    }

    @Override
    public synchronized void save() {
        QmpClient client = running("save");
        try {
            SavedState state = new SavedState(client);
            if (state.exists()) {
                return;
            }
            files.writeSaved(story());
            events.pausedByUs(true);
            state.save();
        } catch (IOException e) {
            throw new Refusal(Fault.SNAPSHOT_FAILED, String.valueOf(e.getMessage()));
        } finally {
            events.pausedByUs(false);
        }
    }

    @Override
    public synchronized void restore() {
        QmpClient client = running("put back");
        Story saved = files.saved().orElseThrow(() -> new Refusal(name() + " was not saved: save it first"));
        try {
            if (!new SavedState(client).exists()) {
                throw new Refusal(name() + " was not saved: save it first");
            }
            events.pausedByUs(true);
            rewind(client, saved);
        } catch (IOException e) {
            tell(new Signal.Broke(Fault.SNAPSHOT_FAILED, String.valueOf(e.getMessage())));
            throw new Refusal(Fault.SNAPSHOT_FAILED, String.valueOf(e.getMessage()));
        } finally {
            events.pausedByUs(false);
        }
    }

    /** The machine stands still from before its past is exchanged until all know of it. */
    private void rewind(QmpClient client, Story saved) throws IOException {
        JsonNode _ = client.execute("stop", Map.of());
        console.catchUp();
        new SavedState(client).load();
        console.startAfresh("put back as it was saved");
        tell(new Signal.Restored(saved));
        JsonNode _ = client.execute("cont", Map.of());
    }

    private QmpClient running(String what) {
        QmpClient client = qmp;
        if (!made.order().saveable()) {
            throw new Refusal("the plan " + made.order().plan().name() + " does not say isolate: snapshot, so there is"
                    + " nothing to " + what);
        }
        if (client == null || !story().alive()) {
            throw new Refusal(name() + " does not run: " + story().detail());
        }
        return client;
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
        Processes.kill(name(), files.directory());
        Processes.killTpm(files.tpm());
    }

    @Override
    public byte[] console() {
        return ConsoleText.of(files.console());
    }

    @Override
    public long unusedMiB() {
        long used = pid.isPresent() ? ProcMemory.residentMiB(pid.getAsLong()) : 0;
        return story().alive() ? Math.max(0, made.order().memoryMiB() + Capacity.OVERHEAD_MIB - used) : 0;
    }

    @Override
    public Order order() {
        return made.order();
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
