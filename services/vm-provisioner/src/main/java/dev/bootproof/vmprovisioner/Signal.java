package dev.bootproof.vmprovisioner;

import dev.bootproof.events.Fault;
import dev.bootproof.events.Milestone;

/** Something that was noticed about a machine. */
public sealed interface Signal {
    /** The console shows that the boot has come this far. */
    record Reached(Milestone.Name milestone) implements Signal {}

    /** Somebody could log in on the console. That proves nothing; it is a reason to knock. */
    record Prompted() implements Signal {}

    /** A unit failed, which explains what may follow. */
    record UnitFailed(String line) implements Signal {}

    /** The guest said that it cannot come up. */
    record Broke(Fault fault, String evidence) implements Signal {}

    /** The firmware has looked everywhere and found nothing that it could start. */
    record NothingToBoot(String evidence) implements Signal {}

    /** The guest's kernel gave up. */
    record Panicked(String evidence) implements Signal {}

    /** The guest's kernel is about to turn the machine off. */
    record SwitchingOff() implements Signal {}

    /** The guest turned the machine off. */
    record TurnedOff() implements Signal {}

    /** The guest restarted the machine. */
    record Rebooted() implements Signal {}

    /** The lab is about to turn the machine off. */
    record GivesWay(String why) implements Signal {}

    /** The lab turned the machine off. */
    record Stopped() implements Signal {}

    /** The lab put the machine back as it was when its story was this. */
    record Restored(Story saved) implements Signal {}

    /** The host stopped the machine. */
    record Paused(String why) implements Signal {}

    /** The machine goes on after it was stopped. */
    record Resumed() implements Signal {}

    /** The machine is not there any more. */
    record Gone(String how) implements Signal {}

    /** The lab has logged in. */
    record LetIn(String wayIn) implements Signal {}
}
