package dev.bootproof.diskbuilder.diskfile;

import dev.bootproof.diskbuilder.rootfs.Unsupported;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a published file is, told by its bytes and never by its name. */
enum DiskFormat {
    /** A disk, sector by sector. */
    RAW,
    /** A CD-ROM, sector by sector; many are disks as well. */
    ISO,
    /** A disk in QEMU's format. */
    QCOW2;

    /** How many bytes tell it: an ISO 9660 volume descriptor is at 32 KiB. */
    static final int TELLING = (32 << 10) + 8;

    private static final int BOOT_SIGNATURE = 510;
    private static final Map<String, String> OTHERS = others();

    /**
     * The format of a file that begins like this.
     *
     * @throws Unsupported saying what it is instead and what to do
     */
    static DiskFormat of(byte[] start) throws Unsupported {
        if (has(start, 0, "QFI\u00fb")) {
            return QCOW2;
        }
        if (has(start, 32 << 10, "\u0001CD001")) {
            return ISO;
        }
        refuseOthers(start);
        boolean partitions = has(start, BOOT_SIGNATURE, "U\u00aa") || has(start, 512, "EFI PART");
        if (partitions || has(start, 4096, "EFI PART")) {
            return RAW;
        }
        throw new Unsupported(
                "a file that is no disk: it is neither qcow2 nor an ISO, and has neither a boot sector nor"
                        + " a partition table; publish a raw, qcow2 or ISO file, as it is or packed with gzip, xz, bzip2 or zstd");
    }

    private static void refuseOthers(byte[] start) throws Unsupported {
        for (Map.Entry<String, String> other : OTHERS.entrySet()) {
            if (has(start, 0, other.getKey())) {
                throw refused(other.getValue());
            }
        }
        if (has(start, 257, "ustar")) {
            throw refused("a tar archive");
        }
    }

    private static Unsupported refused(String what) {
        return new Unsupported("a file that is " + what + ": publish a raw, qcow2 or ISO file");
    }

    private static Map<String, String> others() {
        Map<String, String> others = new LinkedHashMap<>();
        others.put("KDMV", "a VMware disk");
        others.put("# Disk DescriptorFile", "a VMware disk");
        others.put("vhdxfile", "a Hyper-V disk");
        others.put("conectix", "a Hyper-V disk");
        others.put("<<< ", "a VirtualBox disk");
        others.put("PK\u0003\u0004", "a zip archive");
        others.put("\u001f\u008b", "packed twice");
        others.put("(\u00b5/\u00fd", "packed twice");
        others.put("\u00fd7zXZ", "packed twice");
        return others;
    }

    private static boolean has(byte[] bytes, int at, String latin1) {
        int end = at + latin1.length();
        return bytes.length >= end
                && new String(bytes, at, latin1.length(), StandardCharsets.ISO_8859_1).equals(latin1);
    }
}
