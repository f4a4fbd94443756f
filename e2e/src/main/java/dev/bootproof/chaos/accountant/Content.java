package dev.bootproof.chaos.accountant;

import dev.bootproof.events.Event;

/** What a record says, as far as the contract understands it. */
public sealed interface Content {
    /**
     * An event.
     *
     * @param event what it says
     */
    record Said(Event event) implements Content {}

    /**
     * A record that should be an event and is none.
     *
     * @param why what is wrong with it
     */
    record Unreadable(String why) implements Content {}

    /** No body: of a compacted topic, that its key is forgotten. */
    record Nothing() implements Content {}

    /** A body that is nobody's event: a service's memory, a hint, what was put aside. */
    record Other() implements Content {}
}
