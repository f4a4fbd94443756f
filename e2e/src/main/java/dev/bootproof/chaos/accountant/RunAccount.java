package dev.bootproof.chaos.accountant;

import dev.bootproof.events.CleanupDue;
import dev.bootproof.events.CleanupDue.State;
import dev.bootproof.events.Lease;
import dev.bootproof.events.RunId;
import dev.bootproof.events.TestsDone;
import dev.bootproof.events.Topic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Everything that the bus, the world and the driver say of one run. */
final class RunAccount {
    private static final Set<Topic> BEGINS = EnumSet.of(Topic.DIGEST_CHANGED, Topic.TESTS_DONE, Topic.CLEANUP_DUE);

    private final RunId id;
    private final List<Line> lines = new ArrayList<>();
    private final List<Effect> effects = new ArrayList<>();
    private @Nullable Fired fired;

    RunAccount(RunId id) {
        this.id = id;
    }

    void add(Line line) {
        lines.add(line);
    }

    void add(Effect effect) {
        effects.add(effect);
    }

    void add(Fired by) {
        fired = by;
    }

    RunId id() {
        return id;
    }

    /** Whether anybody asked for it, said that it is held or ended, or saw anything of it. */
    boolean exists() {
        return fired != null
                || !effects.isEmpty()
                || lines.stream().anyMatch(line -> BEGINS.contains(line.place().topic()));
    }

    /** The events that asked for it, oldest first. */
    List<Line> asked() {
        return of(Topic.DIGEST_CHANGED);
    }

    /** Its lines in the lease book, in order. */
    List<Line> leaseLines() {
        return of(Topic.CLEANUP_DUE);
    }

    /** Its verdicts, of which the first counts. */
    List<Line> verdicts() {
        return of(Topic.TESTS_DONE);
    }

    List<Effect> effects() {
        return effects;
    }

    Optional<Fired> fired() {
        return Optional.ofNullable(fired);
    }

    Optional<Line> verdict() {
        return verdicts().stream().findFirst();
    }

    Optional<TestsDone> done() {
        return verdict().flatMap(line -> line.said(TestsDone.class));
    }

    /** The lease as everyone folds it. */
    Optional<Lease> lease() {
        return fold(leaseLines());
    }

    /** The instant by which it must have had its verdict, where a lease was written. */
    Optional<Instant> deadline() {
        List<Line> held = leaseLines().stream()
                .filter(line -> state(line).filter(State.HELD::equals).isPresent())
                .toList();
        return fold(held).map(Lease::until);
    }

    /** When it was first heard of. */
    Instant begun() {
        Stream<Instant> said = lines.stream().map(Line::at);
        Stream<Instant> done = effects.stream().map(Effect::at);
        Stream<Instant> wanted = fired().stream().map(Fired::at);
        return Stream.of(said, done, wanted)
                .flatMap(all -> all)
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    static Optional<State> state(Line line) {
        return line.said(CleanupDue.class).map(CleanupDue::state);
    }

    private static Optional<Lease> fold(List<Line> lines) {
        @Nullable Lease lease = null;
        for (Line line : lines) {
            Optional<CleanupDue> said = line.said(CleanupDue.class);
            if (said.isPresent()) {
                lease = Lease.fold(lease, said.get());
            }
        }
        return Optional.ofNullable(lease);
    }

    private List<Line> of(Topic topic) {
        return lines.stream().filter(line -> line.place().topic() == topic).toList();
    }
}
