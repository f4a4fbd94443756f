package dev.bootproof.vmprovisioner;

import dev.bootproof.events.Access;
import dev.bootproof.events.Fault;
import dev.bootproof.events.Firmware;
import dev.bootproof.events.Milestone;
import dev.bootproof.vmprovisioner.WayIn.Answer;
import io.quarkus.logging.Log;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Watches one boot until the machine is up, in trouble, or out of time. It listens: to the console, to the machine's
 * own events; and knocks at the guest's door only when the guest says that it is up, because knocking costs the guest
 * dearly.
 */
@Singleton
class BootWatch {
    private static final Duration BETWEEN_KNOCKS = Duration.ofSeconds(1);
    private static final Duration SILENCE = Duration.ofSeconds(10);
    private static final int LAST_WORDS = 200;

    private final WayIn door;
    private final Clock clock;
    private final Duration grace;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    BootWatch(WayIn door, VmProvisionerConfig config, Clock clock) {
        this.door = door;
        this.clock = clock;
        this.grace = config.sshGrace();
    }

    /** Watches until the machine is up, in trouble, or until this instant. */
    BootResult watch(Machine machine, Instant until) {
        while (true) {
            Story story = machine.await(now -> decided(now) || now.showsDoor(), listens(machine, until));
            if (!decided(story)) {
                story = story.showsDoor() ? letIn(machine, story.reboots(), until) : tryDoor(machine, until);
            }
            if (decided(story)) {
                return result(machine, story);
            }
            if (!clock.instant().isBefore(until)) {
                return new BootResult.Stalled(machine, stalled(machine, story));
            }
        }
    }

    private static boolean listensOnly(Machine machine) {
        return machine.order().machine().firmware() == Firmware.DIRECT;
    }

    /**
     * How long to listen before a door is tried that nobody has shown. A kernel that we start speaks on our console;
     * what an image's own loader starts may not, so there the door is tried now and then.
     */
    private Instant listens(Machine machine, Instant until) {
        Instant enough = clock.instant().plus(SILENCE);
        return listensOnly(machine) || enough.isAfter(until) ? until : enough;
    }

    /** Knocks once; a door that stays shut says nothing. */
    private Story tryDoor(Machine machine, Instant until) {
        if (listensOnly(machine) || !clock.instant().isBefore(until)) {
            return machine.story();
        }
        Instant patience = clock.instant().plus(SILENCE);
        CompletableFuture<Answer> knock = knock(machine, patience);
        Story _ = machine.await(now -> knock.isDone() || decided(now) || now.showsDoor(), patience);
        switch (knock.getNow(new Answer.NotYet("no answer"))) {
            case Answer.LetIn(String how) -> machine.tell(new Signal.LetIn(how));
            case Answer.Stranger(String why) -> Log.debugf("a stranger answers at %s: %s", machine.name(), why);
            case Answer.NotYet(String why) -> Log.debugf("nobody lets us in at %s: %s", machine.name(), why);
        }
        return machine.story();
    }

    private static boolean decided(Story story) {
        return story.ready() || story.trouble() != null;
    }

    private static BootResult result(Machine machine, Story story) {
        Trouble trouble = story.trouble();
        return trouble == null
                ? new BootResult.Up(machine, Objects.requireNonNull(story.wayIn()))
                : new BootResult.Failed(machine, trouble.fault(), trouble.evidence());
    }

    /** Knocks until the door opens, the machine restarts or is in trouble, or the grace is over. */
    private Story letIn(Machine machine, int reboots, Instant until) {
        Instant graceEnds = graceEnds(machine, until);
        while (true) {
            CompletableFuture<Answer> knock = knock(machine, graceEnds);
            Story story = machine.await(
                    now -> knock.isDone() || decided(now) || now.reboots() != reboots, graceEnds.plus(BETWEEN_KNOCKS));
            if (decided(story) || story.reboots() != reboots) {
                return story;
            }
            Answer answer = knock.getNow(new Answer.NotYet("no answer"));
            hear(machine, answer, graceEnds);
            Instant pause = clock.instant().plus(BETWEEN_KNOCKS);
            story = machine.await(now -> decided(now) || now.reboots() != reboots, pause);
            if (decided(story) || story.reboots() != reboots) {
                return story;
            }
        }
    }

    private void hear(Machine machine, Answer answer, Instant graceEnds) {
        switch (answer) {
            case Answer.LetIn(String how) -> machine.tell(new Signal.LetIn(how));
            case Answer.Stranger(String why) -> machine.tell(new Signal.Broke(Fault.HOST_KEY_CHANGED, why));
            case Answer.NotYet(String why) -> {
                if (!clock.instant().isBefore(graceEnds)) {
                    machine.tell(new Signal.Broke(Fault.NO_WAY_IN, shown(machine) + ", but " + why));
                }
            }
        }
    }

    private CompletableFuture<Answer> knock(Machine machine, Instant graceEnds) {
        Duration left = Duration.between(clock.instant(), graceEnds);
        Duration patience = left.compareTo(BETWEEN_KNOCKS) > 0 ? left : BETWEEN_KNOCKS;
        CompletableFuture<Answer> answer =
                CompletableFuture.supplyAsync(() -> introducedAtDoor(machine, patience), threads);
        CompletableFuture<Answer> _ = answer.whenComplete((_, _) -> machine.nudge());
        return answer;
    }

    private Answer introducedAtDoor(Machine machine, Duration patience) {
        Optional<String> unknown = machine.introduce();
        if (unknown.isPresent()) {
            return new Answer.NotYet(unknown.get());
        }
        Answer answer = door.knock(machine.run(), machine.ssh(), patience);
        return answer instanceof Answer.LetIn(String how)
                ? new Answer.LetIn(how + byWayOf(machine.order().machine().access()))
                : answer;
    }

    private static String byWayOf(Access access) {
        return switch (access) {
            case CREDENTIALS -> "";
            case CLOUD_INIT -> ", keys by cloud-init";
            case IGNITION -> ", keys by Ignition";
            case AGENT -> ", keys by the guest agent";
        };
    }

    private static String shown(Machine machine) {
        return machine.story().reached(Milestone.Name.TARGET)
                ? "the guest reached its target"
                : "the guest asks for a login";
    }

    /** A guest that took long to come up on a busy host may take as long again to let us in. */
    private Instant graceEnds(Machine machine, Instant until) {
        Instant now = clock.instant();
        Duration booting = Duration.between(machine.startedAt(), now);
        Instant ends = now.plus(booting.compareTo(grace) > 0 ? booting : grace);
        return ends.isAfter(until) ? until : ends;
    }

    private static String stalled(Machine machine, Story story) {
        String console = new String(machine.console(), StandardCharsets.UTF_8);
        String last = console.lines()
                .map(ConsoleReading::plain)
                .filter(line -> !line.isEmpty())
                .reduce("nothing", (_, line) -> line);
        String words = last.length() > LAST_WORDS ? last.substring(0, LAST_WORDS) : last;
        return story.lastMilestone() + "; the console's last line: " + words;
    }
}
