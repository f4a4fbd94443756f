package dev.bootproof.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** What a run's machines reach. The lab always reaches the guest's SSH server. */
public enum Network {
    /** Nothing: not the host, not the lab, not the internet. */
    NONE,
    /** The registry of the image under test and nothing else, at {@code 10.0.2.100:5000}. */
    RESTRICTED,
    /** Whatever this host reaches. */
    OPEN;

    /** The word on the wire. */
    @JsonValue
    public String word() {
        return Words.of(this);
    }

    /** The network with this word. */
    @JsonCreator
    public static Network of(String word) {
        return Words.pick(Network.class, "network", word);
    }
}
