package dev.bootproof.vmprovisioner;

import dev.bootproof.events.Fault;
import dev.bootproof.events.MachineState.Power;
import dev.bootproof.events.Milestone;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a machine has gone through: every signal folded, in the order in which they were noticed.
 *
 * @param power what it is doing
 * @param detail evidence in a sentence; empty while it runs well
 * @param milestones how far its latest boot came, and when
 * @param reboots how often the guest restarted it
 * @param trouble why the boot cannot come up; the first reason stays
 * @param wayIn how the lab got in, or null as long as it did not
 * @param boot what else is known of its latest boot
 * @param alive whether the machine exists, be it that its guest has panicked
 */
public record Story(
        Power power,
        String detail,
        List<Milestone> milestones,
        int reboots,
        @Nullable Trouble trouble,
        @Nullable String wayIn,
        Boot boot,
        boolean alive) {
    /** So many restarts before the machine is up are a loop. */
    static final int LOOP = 3;

    private static final Duration AT_ONCE = Duration.ofSeconds(2);

    public Story {
        milestones = List.copyOf(milestones);
        boot = boot == null ? Boot.FIRST : boot;
    }

    /**
     * What is known of one boot.
     *
     * @param began when the guest restarted the machine; null for the first boot
     * @param failedUnit the first unit that failed; empty when none did
     * @param prompted whether the console asked somebody to log in
     * @param switchingOff whether the kernel said that it turns the machine off
     */
    public record Boot(@Nullable Instant began, String failedUnit, boolean prompted, boolean switchingOff) {
        static final Boot FIRST = new Boot(null, "", false, false);

        /** SeaBIOS turns a warm restart into a cold one at once, and both are told. */
        boolean hasJustBegun(Instant at) {
            return began != null && at.isBefore(began.plus(AT_ONCE));
        }
    }

    /** The story of a machine that was started at this instant. */
    public static Story started(Instant at) {
        Milestone first = new Milestone(Milestone.Name.STARTED, at);
        return new Story(Power.RUNNING, "", List.of(first), 0, null, null, Boot.FIRST, true);
    }

    /** The story after one more signal. */
    public Story after(Signal signal, Instant at) {
        return switch (signal) {
            case Signal.Reached(Milestone.Name name) -> with(upTo(name, at));
            case Signal.Prompted() -> with(new Boot(boot.began, boot.failedUnit, true, boot.switchingOff));
            case Signal.UnitFailed(String line) ->
                boot.failedUnit.isEmpty() ? with(new Boot(boot.began, line, boot.prompted, boot.switchingOff)) : this;
            case Signal.Broke(Fault fault, String evidence) -> broken(power, fault, evidence + because());
            case Signal.NothingToBoot(String line) ->
                ready() || reached(Milestone.Name.KERNEL) ? this : broken(power, Fault.NOTHING_TO_BOOT, line);
            case Signal.Panicked(String line) -> ended() ? this : broken(Power.PANICKED, Fault.KERNEL_PANIC, line);
            case Signal.SwitchingOff() -> with(new Boot(boot.began, boot.failedUnit, boot.prompted, true));
            case Signal.TurnedOff() -> endedBy(Power.OFF, Fault.POWERED_OFF, lastMilestone() + because());
            case Signal.Rebooted() -> rebooted(at);
            case Signal.GivesWay(String why) -> broken(Power.KILLED, Fault.MACHINE_KILLED, why);
            case Signal.Stopped() -> endedBy(Power.KILLED, Fault.MACHINE_KILLED, "the lab turned the machine off");
            case Signal.Restored(Story saved) -> saved;
            case Signal.Paused(String why) -> ended() ? this : broken(Power.PAUSED, Fault.MACHINE_PAUSED, why);
            case Signal.Resumed() -> resumed();
            case Signal.Gone(String how) -> gone(how, at);
            case Signal.LetIn(String how) -> letIn(how, at);
        };
    }

    /** Whether the lab has logged in. */
    public boolean ready() {
        return wayIn != null;
    }

    /** Whether the latest boot has come so far. */
    public boolean reached(Milestone.Name name) {
        return milestones.stream().anyMatch(milestone -> milestone.name() == name);
    }

    /** Whether the guest has shown that there may be a door to knock at. */
    public boolean showsDoor() {
        return boot.prompted || reached(Milestone.Name.TARGET);
    }

    /** How far the boot came, in words. */
    public String lastMilestone() {
        return "the boot had come to " + milestones.getLast().name().word();
    }

    private boolean ended() {
        return power != Power.RUNNING && power != Power.PAUSED;
    }

    private String because() {
        return boot.failedUnit.isEmpty() ? "" : ", after: " + boot.failedUnit;
    }

    /** What lies before a milestone was passed, whether it was seen or not. */
    private List<Milestone> upTo(Milestone.Name name, Instant at) {
        List<Milestone> passed = new ArrayList<>(milestones);
        Arrays.stream(Milestone.Name.values())
                .filter(passing -> passing.compareTo(name) <= 0 && !reached(passing))
                .forEach(passing -> passed.add(new Milestone(passing, at)));
        return passed;
    }

    private Story broken(Power now, Fault fault, String evidence) {
        Trouble first = trouble != null ? trouble : new Trouble(fault, evidence);
        return new Story(now, evidence, milestones, reboots, first, wayIn, boot, alive);
    }

    /** A restart of a machine that is up is a step of its suites; before that too many of them are trouble. */
    private Story rebooted(Instant at) {
        if (milestones.size() == 1 && boot.hasJustBegun(at)) {
            return this;
        }
        List<Milestone> first = List.of(ready() ? new Milestone(Milestone.Name.STARTED, at) : milestones.getFirst());
        Trouble left = ready() ? null : trouble;
        Boot begun = new Boot(at, "", false, false);
        Story again = new Story(Power.RUNNING, "", first, reboots + 1, left, wayIn, begun, alive);
        boolean loop = !ready() && again.reboots >= LOOP;
        return loop ? again.broken(power, Fault.REBOOT_LOOP, again.reboots + " restarts" + because()) : again;
    }

    private Story resumed() {
        if (power != Power.PAUSED) {
            return this;
        }
        Trouble left = trouble != null && trouble.fault() == Fault.MACHINE_PAUSED ? null : trouble;
        return new Story(Power.RUNNING, "", milestones, reboots, left, wayIn, boot, alive);
    }

    private Story gone(String how, Instant at) {
        return boot.switchingOff
                ? after(new Signal.TurnedOff(), at)
                : endedBy(Power.KILLED, Fault.MACHINE_KILLED, how + "; " + lastMilestone());
    }

    /** The machine is not there any more; how it ended is said by what came first. */
    private Story endedBy(Power now, Fault fault, String evidence) {
        Story told = ended() ? this : broken(now, fault, evidence);
        return new Story(told.power, told.detail, milestones, reboots, told.trouble, wayIn, boot, false);
    }

    private Story letIn(String how, Instant at) {
        return new Story(power, detail, upTo(Milestone.Name.SSHD, at), reboots, trouble, how, boot, alive);
    }

    private Story with(List<Milestone> passed) {
        return new Story(power, detail, passed, reboots, trouble, wayIn, boot, alive);
    }

    private Story with(Boot now) {
        return new Story(power, detail, milestones, reboots, trouble, wayIn, now, alive);
    }
}
