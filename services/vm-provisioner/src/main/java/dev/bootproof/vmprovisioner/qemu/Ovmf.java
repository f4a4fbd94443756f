package dev.bootproof.vmprovisioner.qemu;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files of the UEFI firmware OVMF.
 *
 * @param code the firmware
 * @param variables its variables as they are at first
 */
record Ovmf(Path code, Path variables) {
    /** As Debian and Ubuntu, Fedora, and Arch name them; those of 4 MiB first. */
    private static final List<Ovmf> PLAIN = List.of(
            of("/usr/share/OVMF/OVMF_CODE_4M.fd", "/usr/share/OVMF/OVMF_VARS_4M.fd"),
            of("/usr/share/edk2/ovmf/OVMF_CODE.fd", "/usr/share/edk2/ovmf/OVMF_VARS.fd"),
            of("/usr/share/edk2/x64/OVMF_CODE.4m.fd", "/usr/share/edk2/x64/OVMF_VARS.4m.fd"),
            of("/usr/share/OVMF/OVMF_CODE.fd", "/usr/share/OVMF/OVMF_VARS.fd"));

    /** The same with Secure Boot, and with Microsoft's keys in the variables where the distribution puts them there. */
    private static final List<Ovmf> SECURE = List.of(
            of("/usr/share/OVMF/OVMF_CODE_4M.ms.fd", "/usr/share/OVMF/OVMF_VARS_4M.ms.fd"),
            of("/usr/share/OVMF/OVMF_CODE_4M.secboot.fd", "/usr/share/OVMF/OVMF_VARS_4M.ms.fd"),
            of("/usr/share/edk2/ovmf/OVMF_CODE.secboot.fd", "/usr/share/edk2/ovmf/OVMF_VARS.secboot.fd"),
            of("/usr/share/edk2/x64/OVMF_CODE.secboot.4m.fd", "/usr/share/edk2/x64/OVMF_VARS.4m.fd"));

    /**
     * The firmware on this host.
     *
     * @param root the root of the host's files
     * @param keys variables with other Secure Boot keys, of which at most one is used
     * @throws CannotStart naming the package where there is none
     */
    static Ovmf find(Path root, boolean secure, Stream<Path> keys) {
        Ovmf found = (secure ? SECURE : PLAIN)
                .stream()
                        .map(known -> known.below(root))
                        .filter(known -> Files.exists(known.code) && Files.exists(known.variables))
                        .findFirst()
                        .orElseThrow(() -> CannotStart.missing(
                                secure ? "UEFI firmware with Secure Boot" : "UEFI firmware", "ovmf"));
        return secure
                ? keys.findFirst()
                        .map(own -> new Ovmf(found.code, existing(own)))
                        .orElse(found)
                : found;
    }

    private static Path existing(Path keys) {
        if (!Files.exists(keys)) {
            throw CannotStart.missing("the Secure Boot keys " + keys, "ovmf, or set secure-boot-variables right");
        }
        return keys;
    }

    private Ovmf below(Path root) {
        return new Ovmf(
                root.resolve("." + code).normalize(),
                root.resolve("." + variables).normalize());
    }

    private static Ovmf of(String code, String variables) {
        return new Ovmf(Path.of(code), Path.of(variables));
    }
}
