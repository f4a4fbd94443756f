package dev.bootproof.vmprovisioner.qemu;

import java.util.List;

/** What runs a guest. */
enum Accelerator {
    /** The host's processor. */
    KVM("kvm", "host"),
    /** Emulation; its cache of translated code is bounded, because it counts as memory of the machine. */
    TCG("tcg,thread=multi,tb-size=256", "max");

    private final String accel;
    private final String cpu;

    Accelerator(String accel, String cpu) {
        this.accel = accel;
        this.cpu = cpu;
    }

    /** As QEMU is told. */
    List<String> arguments() {
        return List.of("-accel", accel, "-cpu", cpu);
    }
}
