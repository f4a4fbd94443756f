package dev.bootproof.local;

import dev.bootproof.events.CleanupDue;
import dev.bootproof.events.Milestone;
import dev.bootproof.events.PhaseResult;
import dev.bootproof.events.RunId;
import dev.bootproof.events.Stage;
import dev.bootproof.events.SuiteResult;
import dev.bootproof.events.TestsDone;
import dev.bootproof.events.VmReady;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * When what of a run happened.
 *
 * @param run its name
 * @param asked when its event was written
 * @param held when its lease was first written
 * @param began when each stage began its work
 * @param diskReady when the disk was there
 * @param vmReady when the machine was up, and the event that said so
 * @param done when the verdict was out, and the verdict
 * @param due when cleanup was due
 * @param released when everything was gone
 */
record BenchRun(
        @Nullable RunId run,
        @Nullable Instant asked,
        @Nullable Instant held,
        Map<Stage, Instant> began,
        @Nullable Instant diskReady,
        @Nullable Up vmReady,
        @Nullable Done done,
        @Nullable Instant due,
        @Nullable Instant released) {
    static final BenchRun UNKNOWN = new BenchRun(null, null, null, Map.of(), null, null, null, null, null);

    /** The machine is up. */
    record Up(Instant at, VmReady event) {}

    /** The verdict is out. */
    record Done(Instant at, TestsDone event) {}

    BenchRun asked(RunId name, Instant at) {
        return new BenchRun(name, at, held, began, diskReady, vmReady, done, due, released);
    }

    BenchRun diskReady(Instant at) {
        return new BenchRun(run, asked, held, began, diskReady == null ? at : diskReady, vmReady, done, due, released);
    }

    BenchRun vmReady(Instant at, VmReady event) {
        return new BenchRun(run, asked, held, began, diskReady, new Up(at, event), done, due, released);
    }

    BenchRun done(Instant at, TestsDone event) {
        return new BenchRun(run, asked, held, began, diskReady, vmReady, new Done(at, event), due, released);
    }

    /** The first line of a run is the promise; the second of disk-builder and the first of the others is the work. */
    BenchRun line(CleanupDue line) {
        return switch (line.state()) {
            case HELD -> {
                Map<Stage, Instant> starts = new EnumMap<>(Stage.class);
                starts.putAll(began);
                if (held != null) {
                    starts.putIfAbsent(line.by(), line.at());
                }
                Instant first = held == null ? line.at() : held;
                yield new BenchRun(run, asked, first, starts, diskReady, vmReady, done, due, released);
            }
            case ENDED -> new BenchRun(run, asked, held, began, diskReady, vmReady, done, line.until(), released);
            case RELEASED -> new BenchRun(run, asked, held, began, diskReady, vmReady, done, due, line.at());
        };
    }

    boolean over() {
        return done != null;
    }

    boolean gone() {
        return released != null;
    }

    Duration total() {
        return between(asked, done == null ? null : done.at());
    }

    /** From the event to the promise: the tag is resolved and the plan is found. */
    Duration taken() {
        return between(asked, held);
    }

    /** Making the disk; nothing where it was there. */
    Duration disk() {
        return began.containsKey(Stage.DISK_BUILDER)
                ? between(began.get(Stage.DISK_BUILDER), diskReady)
                : Duration.ZERO;
    }

    /** Finding a disk that is there. */
    Duration found() {
        return began.containsKey(Stage.DISK_BUILDER) ? Duration.ZERO : between(held, diskReady);
    }

    Duration toVm() {
        return between(diskReady, began.get(Stage.VM_PROVISIONER));
    }

    /** From the start of QEMU to a login. */
    Duration boot() {
        return between(milestone(Milestone.Name.STARTED), milestone(Milestone.Name.SSHD));
    }

    /** What vm-provisioner does beside booting: the clone, credentials, saying so. */
    Duration provisioning() {
        return between(began.get(Stage.VM_PROVISIONER), vmReady == null ? null : vmReady.at())
                .minus(boot());
    }

    Duration toRunner() {
        return between(vmReady == null ? null : vmReady.at(), began.get(Stage.TEST_RUNNER));
    }

    /** By the guest's own clock. */
    Duration suites() {
        List<PhaseResult> phases = done == null ? List.of() : done.event().phases();
        return phases.stream()
                .flatMap(phase -> phase.suites().stream())
                .map(SuiteResult::duration)
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** What test-runner does beside running suites: logging in, comparing files, collecting and storing evidence. */
    Duration collecting() {
        return between(began.get(Stage.TEST_RUNNER), done == null ? null : done.at())
                .minus(suites());
    }

    /** All that is not disk, boot or suite. */
    Duration overhead() {
        return total().minus(disk()).minus(boot()).minus(suites());
    }

    Duration cleanup() {
        return between(due, released);
    }

    private @Nullable Instant milestone(Milestone.Name name) {
        return vmReady == null
                ? null
                : vmReady.event().milestones().stream()
                        .filter(milestone -> milestone.name() == name)
                        .map(Milestone::at)
                        .reduce((_, last) -> last)
                        .orElse(null);
    }

    private static Duration between(@Nullable Instant from, @Nullable Instant to) {
        return from == null || to == null ? Duration.ZERO : Duration.between(from, Objects.requireNonNull(to));
    }
}
