package dev.bootproof.publisher;

import dev.bootproof.events.CleanupDue;
import dev.bootproof.events.Digest;
import dev.bootproof.events.DigestChanged;
import dev.bootproof.events.ImageRef;
import dev.bootproof.events.Lease;
import dev.bootproof.events.Pins;
import dev.bootproof.events.RunId;
import dev.bootproof.events.TestsDone;
import dev.bootproof.events.Trigger;
import dev.bootproof.events.VmReady;
import dev.bootproof.publisher.RunStory.LeaseTime;
import dev.bootproof.publisher.RunStory.State;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What has been read about one run so far. Records of different topics may come in any order; the story is the same.
 * Not safe for threads: the book that it is in is.
 */
final class RunFold {
    private final RunId runId;
    private final Map<Integer, Instant> disks = new TreeMap<>();
    private final Map<Integer, Instant> vms = new TreeMap<>();
    private @Nullable Instant startedAt;
    private @Nullable DigestChanged asked;
    private @Nullable Lease lease;
    private @Nullable VmReady machine;
    private @Nullable TestsDone verdict;
    private final Map<String, Telling> tellings = new TreeMap<>();
    private int late;

    RunFold(RunId runId) {
        this.runId = runId;
    }

    void asked(DigestChanged event, Instant at) {
        asked = event;
        notice(at);
    }

    void diskReady(int phase, Instant at) {
        notice(at);
        disks.putIfAbsent(phase, at);
    }

    void vmReady(VmReady event, Instant at) {
        notice(at);
        vms.putIfAbsent(event.phase(), at);
        if (machine == null || event.phase() >= machine.phase()) {
            machine = event;
        }
    }

    void testsDone(TestsDone event) {
        if (verdict == null) {
            verdict = event;
            notice(event.finishedAt());
            event.phases().forEach(phase -> phase.milestones().forEach(milestone -> notice(milestone.at())));
        } else {
            late++;
        }
    }

    void line(CleanupDue line) {
        notice(line.at());
        lease = Lease.fold(lease, line);
    }

    void told(Telling telling) {
        notice(telling.facts().startedAt());
        tellings.put(telling.target().name(), telling);
    }

    void forgetLease() {
        lease = null;
    }

    /** Whether a stage has taken the run. */
    boolean taken() {
        return lease != null || verdict != null;
    }

    RunStory story(URI pages) {
        Pins pins = lease == null ? null : lease.pins();
        boolean running = verdict == null && tellings.isEmpty() && (lease == null || lease.held());
        return new RunStory(
                runId,
                stream(pins),
                image(pins),
                digest(pins),
                verdict != null && verdict.platformDigest() != null
                        ? verdict.platformDigest()
                        : pins == null ? null : pins.platformDigest(),
                plan(pins),
                trigger(pins),
                running ? State.RUNNING : State.DONE,
                startedAt == null ? Instant.EPOCH : startedAt,
                verdict == null ? null : verdict.finishedAt(),
                new StageTimes(lines(), disks, vms, verdict == null ? null : verdict.finishedAt()).inOrder(),
                verdict,
                late,
                leaseTime(),
                tellings.values().stream().map(ToldTarget::of).toList(),
                running && machine != null ? machine.machine() : null,
                pins == null ? null : pins.plan(),
                pages.resolve("/runs/" + runId));
    }

    private @Nullable String stream(@Nullable Pins pins) {
        return first(
                pins == null ? null : pins.stream(),
                verdict == null ? null : verdict.stream(),
                asked == null ? null : asked.stream());
    }

    private @Nullable ImageRef image(@Nullable Pins pins) {
        return first(
                pins == null ? null : pins.image(),
                verdict == null ? null : verdict.image(),
                asked == null ? null : asked.image());
    }

    private @Nullable Digest digest(@Nullable Pins pins) {
        return first(
                pins == null ? null : pins.digest(),
                verdict == null ? null : verdict.digest(),
                asked == null ? null : asked.digest());
    }

    private @Nullable String plan(@Nullable Pins pins) {
        return first(
                pins == null ? null : pins.plan().name(),
                verdict == null ? null : verdict.plan(),
                asked == null ? null : asked.plan());
    }

    private @Nullable Trigger trigger(@Nullable Pins pins) {
        return first(pins == null ? null : pins.trigger(), asked == null ? null : asked.trigger());
    }

    private List<CleanupDue> lines() {
        return lease == null ? List.of() : lease.lines();
    }

    private void notice(Instant at) {
        startedAt = startedAt == null || at.isBefore(startedAt) ? at : startedAt;
    }

    private @Nullable LeaseTime leaseTime() {
        if (lease == null) {
            return null;
        }
        List<String> removed =
                lease.lines().stream().flatMap(line -> line.removed().stream()).toList();
        return new LeaseTime(lease.state(), lease.until(), removed);
    }

    @SafeVarargs
    private static <T> @Nullable T first(@Nullable T... wishes) {
        for (T wish : wishes) {
            if (wish != null) {
                return wish;
            }
        }
        return null;
    }
}
