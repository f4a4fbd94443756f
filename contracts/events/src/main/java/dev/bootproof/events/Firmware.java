package dev.bootproof.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** How a machine finds what it boots. */
public enum Firmware {
    /** QEMU puts the image's own kernel and initramfs into memory; no boot loader is involved. */
    DIRECT,
    /** UEFI runs what the disk's EFI system partition or its boot entries name. */
    UEFI,
    /** The first sector of the first medium that has one is run. */
    BIOS;

    /** The word on the wire. */
    @JsonValue
    public String word() {
        return Words.of(this);
    }

    /** The firmware with this word. */
    @JsonCreator
    public static Firmware of(String word) {
        return Words.pick(Firmware.class, "firmware", word);
    }
}
