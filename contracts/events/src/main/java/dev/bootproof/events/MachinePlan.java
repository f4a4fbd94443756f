package dev.bootproof.events;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a machine has beside memory and processors.
 *
 * @param firmware how it finds what it boots
 * @param secureBoot whether UEFI runs only what is signed by the keys that OVMF ships with
 * @param tpm whether it has a TPM 2.0
 * @param access how the run's keys reach the guest
 * @param media its disks and CD-ROMs, in the order in which they are tried
 */
public record MachinePlan(Firmware firmware, boolean secureBoot, boolean tpm, Access access, List<Medium> media) {
    /** A machine that boots the image's kernel directly from its one disk. */
    public static final MachinePlan PLAIN =
            new MachinePlan(Firmware.DIRECT, false, false, Access.CREDENTIALS, List.of());

    public MachinePlan {
        Required.fields("firmware", firmware);
        access = access == null ? Access.CREDENTIALS : access;
        media = mediaOrImage(media);
        if (secureBoot && firmware != Firmware.UEFI) {
            throw new MalformedEvent("secureBoot", "Secure Boot is UEFI's: write firmware: uefi, or leave it out");
        }
    }

    private static List<Medium> mediaOrImage(@Nullable List<Medium> media) {
        boolean none = media == null || media.isEmpty();
        return none ? List.of(new Medium(Medium.IMAGE, Medium.Drive.DISK)) : List.copyOf(media);
    }
}
