package dev.bootproof.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** How the run's keys reach the guest. */
public enum Access {
    /** systemd credentials in the SMBIOS tables, systemd 250 and newer. */
    CREDENTIALS,
    /** A NoCloud seed on a read-only disk labelled {@code cidata}, for images with cloud-init. */
    CLOUD_INIT,
    /** An Ignition configuration in QEMU's {@code fw_cfg}, for Flatcar and Fedora CoreOS. */
    IGNITION,
    /** The QEMU guest agent. */
    AGENT;

    /** The word on the wire. */
    @JsonValue
    public String word() {
        return Words.of(this);
    }

    /** The way with this word. */
    @JsonCreator
    public static Access of(String word) {
        return Words.pick(Access.class, "access", word);
    }
}
