package dev.bootproof.publisher;

import dev.bootproof.events.CleanupDue;
import dev.bootproof.events.Stage;
import dev.bootproof.publisher.RunStory.StageTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * When which stage worked for a run. A stage's start is its first line in the lease book; where compaction has taken
 * that line away, it is the record it started from. Its end is the record that it wrote.
 *
 * @param lines the lease book's lines about the run
 * @param disks when the disks of each phase were ready
 * @param vms when the machine of each phase was up
 * @param finishedAt when the verdict was decided; null before
 */
record StageTimes(
        List<CleanupDue> lines,
        Map<Integer, Instant> disks,
        Map<Integer, Instant> vms,
        @Nullable Instant finishedAt) {
    /** One stage in one phase. */
    private record Slot(Stage stage, int phase) {}

    List<StageTime> inOrder() {
        Map<Slot, Instant> starts = new LinkedHashMap<>();
        for (CleanupDue line : lines) {
            if (line.state() == CleanupDue.State.HELD) {
                starts.putIfAbsent(new Slot(line.by(), line.phase()), line.at());
            }
        }
        disks.forEach((phase, at) -> startsAfter(starts, new Slot(Stage.VM_PROVISIONER, phase), at, vms.get(phase)));
        vms.forEach((phase, at) -> startsAfter(starts, new Slot(Stage.TEST_RUNNER, phase), at, finishedAt));
        List<StageTime> times = new ArrayList<>();
        starts.forEach((slot, start) -> times.add(new StageTime(slot.stage(), slot.phase(), start, end(slot))));
        times.sort(Comparator.comparing(StageTime::startedAt));
        return times;
    }

    /** Only for what is over: a stage that has not started yet has no line either. */
    private static void startsAfter(Map<Slot, Instant> starts, Slot slot, Instant at, @Nullable Instant over) {
        if (over != null) {
            starts.putIfAbsent(slot, at);
        }
    }

    private @Nullable Instant end(Slot slot) {
        Instant own = switch (slot.stage()) {
            case DISK_BUILDER -> disks.get(slot.phase());
            case VM_PROVISIONER -> vms.get(slot.phase());
            case TEST_RUNNER -> disks.get(slot.phase() + 1);
            case POLLER, PUBLISHER, JANITOR -> null;
        };
        return own != null ? own : finishedAt;
    }
}
