package dev.bootproof.vmprovisioner;

import dev.bootproof.events.RunId;
import dev.bootproof.events.SshAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/** A machine that does what it is told. */
final class FakeMachine implements Machine {
    private final Order order;
    private final Instant startedAt = Clock.systemUTC().instant();
    private Story story = Story.started(startedAt);

    FakeMachine(Order order) {
        this.order = order;
    }

    static Order order(String run) {
        return Orders.plain(new RunId(run), 1024);
    }

    @Override
    public Order order() {
        return order;
    }

    @Override
    public Optional<String> introduce() {
        return Optional.empty();
    }

    @Override
    public void save() {
        throw new Refusal("this machine cannot be saved");
    }

    @Override
    public void restore() {
        throw new Refusal("this machine was not saved");
    }

    @Override
    public Instant startedAt() {
        return startedAt;
    }

    @Override
    public SshAddress ssh() {
        return new SshAddress("127.0.0.1", 22, "root");
    }

    @Override
    public long unusedMiB() {
        return order.memoryMiB();
    }

    @Override
    public synchronized Story story() {
        return story;
    }

    @Override
    public synchronized Story await(Predicate<Story> fits, Instant until) {
        try {
            for (long left = millis(until); !fits.test(story) && left > 0; left = millis(until)) {
                wait(left);
            }
            return story;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static long millis(Instant until) {
        return Duration.between(Clock.systemUTC().instant(), until).toMillis();
    }

    @Override
    public synchronized void tell(Signal signal) {
        story = story.after(signal, Clock.systemUTC().instant());
        notifyAll();
    }

    @Override
    public synchronized void nudge() {
        notifyAll();
    }

    @Override
    public byte[] console() {
        return "[    1.0] Linux version 6.1\n[    2.0] Run /init as init process\n\n".getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Optional<byte[]> screenshot() {
        return Optional.empty();
    }

    @Override
    public void stop() {
        tell(new Signal.Stopped());
    }
}
