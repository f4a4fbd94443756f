package dev.bootproof.events;

import com.fasterxml.jackson.annotation.JsonIgnore;

/** A fact on the bus. */
public sealed interface Event permits DigestChanged, RunEvent {
    /** Where it is written. */
    @JsonIgnore
    Topic topic();

    /** The record's key. */
    @JsonIgnore
    String key();

    /** The CloudEvents type, which carries the version of this event alone. */
    @JsonIgnore
    default String type() {
        return "dev.bootproof." + topic().topicName().replace('-', '.') + ".v1";
    }
}
