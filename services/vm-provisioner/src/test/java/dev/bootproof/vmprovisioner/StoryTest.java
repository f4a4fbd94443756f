package dev.bootproof.vmprovisioner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bootproof.events.EventJson;
import dev.bootproof.events.Fault;
import dev.bootproof.events.MachineState.Power;
import dev.bootproof.events.Milestone;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What follows from what was noticed about a machine. */
class StoryTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant LATER = NOW.plusSeconds(9);
    private static final Signal REBOOT = new Signal.Rebooted();

    @Test
    void threeRestartsBeforeTheMachineIsUpAreALoop() {
        // Given
        Story story = Story.started(NOW);
        // When
        Story twice = story.after(REBOOT, NOW).after(REBOOT, NOW.plusSeconds(5));
        Story thrice = twice.after(REBOOT, NOW.plusSeconds(10));
        // Then
        assertThat(twice.trouble()).isNull();
        assertThat(thrice.trouble()).isNotNull().extracting(Trouble::fault).isEqualTo(Fault.REBOOT_LOOP);
    }

    @Test
    void aWarmRestartThatTheFirmwareMakesAColdOneIsOne() {
        // Given
        Story story = Story.started(NOW);
        // When
        Story later = story.after(REBOOT, NOW).after(REBOOT, NOW.plusMillis(100));
        // Then
        assertThat(later.reboots()).isOne();
    }

    @Test
    void aBootBeginsAnewAfterARestart() {
        // Given
        Story booted = Story.started(NOW).after(new Signal.Reached(Milestone.Name.TARGET), NOW);
        // When
        Story again = booted.after(REBOOT, NOW);
        // Then
        assertThat(again.reached(Milestone.Name.TARGET)).isFalse();
        assertThat(again.reached(Milestone.Name.STARTED)).isTrue();
    }

    @Test
    void aMachineThatIsUpMayRestartAsOftenAsItsSuitesWant() {
        // Given
        Story up = Story.started(NOW).after(new Signal.LetIn("sshd enabled by the image"), NOW);
        // When
        Story later = up.after(REBOOT, NOW)
                .after(REBOOT, LATER)
                .after(REBOOT, LATER.plusSeconds(9))
                .after(REBOOT, LATER.plusSeconds(18));
        // Then
        assertThat(later.trouble()).isNull();
        assertThat(later.ready()).isTrue();
        assertThat(later.power()).isEqualTo(Power.RUNNING);
        assertThat(later.reboots()).isEqualTo(4);
        assertThat(later.milestones()).extracting(Milestone::name).containsExactly(Milestone.Name.STARTED);
    }

    @Test
    void aPanicAfterARestartOfAMachineThatWasUpIsSeen() {
        // Given
        Story again = Story.started(NOW)
                .after(new Signal.LetIn("sshd enabled by the image"), NOW)
                .after(REBOOT, NOW);
        // When
        Story panicked = again.after(new Signal.Panicked("Attempted to kill init!"), NOW);
        // Then
        assertThat(panicked.power()).isEqualTo(Power.PANICKED);
        assertThat(panicked.detail()).isEqualTo("Attempted to kill init!");
    }

    @Test
    void whatBrokeBeforeARestartOfAMachineThatWasUpIsOver() {
        // Given
        Story broken = Story.started(NOW)
                .after(new Signal.LetIn("sshd enabled by the image"), NOW)
                .after(new Signal.Broke(Fault.EMERGENCY_MODE, "You are in emergency mode"), NOW);
        // When
        Story again = broken.after(REBOOT, NOW);
        // Then
        assertThat(again.trouble()).isNull();
        assertThat(again.detail()).isEmpty();
    }

    @Test
    void aMachineThatIsPutBackHasThePastOfThen() {
        // Given
        Story up = Story.started(NOW).after(new Signal.LetIn("sshd enabled by the image"), NOW);
        // When
        Story back = up.after(new Signal.Panicked("Fatal exception"), NOW).after(new Signal.Restored(up), NOW);
        // Then
        assertThat(back).isEqualTo(up);
    }

    @Test
    void thePanicStaysTheReasonWhenTheMachineIsTurnedOffAfterwards() {
        // Given
        Story panicked = Story.started(NOW).after(new Signal.Panicked("Attempted to kill init!"), NOW);
        // When
        Story later = panicked.after(new Signal.Paused("it was paused"), NOW)
                .after(new Signal.Stopped(), NOW)
                .after(new Signal.Gone("QEMU ended"), NOW);
        // Then
        assertThat(later.power()).isEqualTo(Power.PANICKED);
        assertThat(later.detail()).isEqualTo("Attempted to kill init!");
        assertThat(later.alive()).isFalse();
    }

    @Test
    void aMachineThatVanishesWasKilled() {
        // Given
        Story running = Story.started(NOW).after(new Signal.Reached(Milestone.Name.KERNEL), NOW);
        // When
        Story gone = running.after(new Signal.Gone("QEMU ended though nobody asked it to"), NOW);
        // Then
        assertThat(gone.power()).isEqualTo(Power.KILLED);
        assertThat(gone.trouble()).isNotNull().satisfies(trouble -> {
            assertThat(trouble.fault()).isEqualTo(Fault.MACHINE_KILLED);
            assertThat(trouble.evidence()).contains("kernel");
        });
    }

    @Test
    void aMachineThatTheLabTurnedOffDidNotTurnItselfOff() {
        // Given
        Story up = Story.started(NOW).after(new Signal.LetIn("sshd enabled by the image"), NOW);
        // When
        Story stopped = up.after(new Signal.Stopped(), NOW);
        // Then
        assertThat(stopped.power()).isEqualTo(Power.KILLED);
        assertThat(stopped.detail()).isEqualTo("the lab turned the machine off");
    }

    @Test
    void aMachineThatGoesOnAfterAPauseIsWellAgain() {
        // Given
        Story paused = Story.started(NOW).after(new Signal.Paused("the host's disk was full"), NOW);
        // When
        Story resumed = paused.after(new Signal.Resumed(), NOW);
        // Then
        assertThat(paused.trouble()).isNotNull().extracting(Trouble::fault).isEqualTo(Fault.MACHINE_PAUSED);
        assertThat(resumed.trouble()).isNull();
        assertThat(resumed.power()).isEqualTo(Power.RUNNING);
    }

    @Test
    void aStorySurvivesBeingWrittenDown() {
        // Given
        Story story = Story.started(NOW)
                .after(new Signal.UnitFailed("Failed to mount data.mount - /data."), NOW)
                .after(new Signal.Broke(Fault.EMERGENCY_MODE, "You are in emergency mode"), NOW);
        // When
        Story read = EventJson.read(EventJson.write(story), Story.class);
        // Then
        assertThat(read).isEqualTo(story);
    }
}
