package dev.bootproof.vmprovisioner.qemu;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A disk in a machine.
 *
 * <p>CD-ROMs hang on virtio-scsi: SeaBIOS and OVMF boot from it, and every kernel that runs in virtual machines has its
 * driver (Debian's kernel for clouds has no AHCI, which is where a q35 machine would have them otherwise).
 *
 * @param id its name in QEMU
 * @param serial its serial number in the guest
 * @param file the file on the host
 * @param format the file's format
 * @param kind what the guest sees
 * @param boot its place among what the firmware tries, from 0; {@link #NEVER} for none
 */
record Drive(String id, String serial, Path file, String format, Kind kind, int boot) implements Part {
    /** The firmware does not try it. */
    static final int NEVER = -1;

    /** The controller that CD-ROMs hang on. */
    static final List<String> CONTROLLER = Part.words("-device virtio-scsi-pci,id=scsi");

    /** What a guest can see. */
    enum Kind {
        /** A virtio disk that it writes to. */
        DISK,
        /** A virtio disk that it only reads. */
        SIDE,
        /** A CD-ROM. */
        CDROM
    }

    @Override
    public List<String> arguments() {
        String backend = "file=" + Part.value(file) + ",if=none,id=" + id + ",format=" + format;
        List<String> arguments = new ArrayList<>(List.of("-drive", backend + backendOptions(), "-device"));
        arguments.add(device() + ",drive=" + id + ",serial=" + serial + (boot == NEVER ? "" : ",bootindex=" + boot));
        return arguments;
    }

    /** The host may lose what was written: after a crash of the host nobody asks for the disk of a test. */
    private String backendOptions() {
        return switch (kind) {
            case DISK -> ",cache=unsafe,discard=unmap";
            case SIDE, CDROM -> ",readonly=on";
        };
    }

    /** An error of the host's disk stops the machine instead of showing the guest a broken one. */
    private String device() {
        return switch (kind) {
            case DISK -> "virtio-blk-pci,werror=stop,rerror=stop";
            case SIDE -> "virtio-blk-pci";
            case CDROM -> "scsi-cd,bus=scsi.0";
        };
    }
}
