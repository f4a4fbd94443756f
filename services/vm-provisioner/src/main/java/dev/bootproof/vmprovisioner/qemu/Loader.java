package dev.bootproof.vmprovisioner.qemu;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How a machine comes to its kernel. */
sealed interface Loader extends Part {
    /** The screen is for screenshots; the last one named is where systemd speaks, and that we read. */
    List<String> CONSOLES = List.of("console=tty0", "console=ttyS0");

    /** Shows what units do, and starts an SSH server that the image does not enable. */
    List<String> LAB_ARGUMENTS =
            List.of("systemd.show_status=1", "systemd.wants=ssh.service", "systemd.wants=sshd.service");

    /**
     * QEMU puts the image's own kernel into memory.
     *
     * @param golden the directory with the kernel and its initrd
     * @param kernelArguments the command line of the disk's recipe
     */
    record Direct(Path golden, List<String> kernelArguments) implements Loader {
        @Override
        public List<String> arguments() {
            List<String> words = new ArrayList<>(kernelArguments);
            words.removeAll(CONSOLES);
            words.addAll(CONSOLES);
            words.addAll(LAB_ARGUMENTS);
            List<String> arguments = new ArrayList<>(Part.words("-M q35"));
            arguments.addAll(List.of("-kernel", golden.resolve("kernel").toString()));
            Path initrd = golden.resolve("initrd");
            if (Files.exists(initrd)) {
                arguments.addAll(List.of("-initrd", initrd.toString()));
            }
            arguments.addAll(List.of("-append", String.join(" ", words)));
            return arguments;
        }
    }

    /**
     * OVMF runs what the media hold. A systemd stub of version 254 or newer takes our words from SMBIOS, except under
     * Secure Boot, where nobody may add any.
     *
     * @see <a href="https://www.freedesktop.org/software/systemd/man/latest/systemd-stub.html">systemd-stub</a>
     * @param code the firmware
     * @param variables the machine's own variables
     * @param format their format
     * @param secure whether it checks signatures, with its variables out of the guest's reach
     */
    record Uefi(Path code, Path variables, String format, boolean secure) implements Loader {
        @Override
        public List<String> arguments() {
            List<String> arguments = new ArrayList<>(List.of("-M", secure ? "q35,smm=on" : "q35"));
            arguments.addAll(List.of(
                    "-drive", "if=pflash,unit=0,format=raw,readonly=on,file=" + Part.value(code),
                    "-drive", "if=pflash,unit=1,format=" + format + ",file=" + Part.value(variables)));
            if (secure) {
                arguments.addAll(Part.words("-global driver=cfi.pflash01,property=secure,value=on"));
                return arguments;
            }
            String ours = String.join(" ", CONSOLES) + " " + String.join(" ", LAB_ARGUMENTS);
            arguments.addAll(List.of("-smbios", "type=11,value=io.systemd.stub.kernel-cmdline-extra=" + ours));
            return arguments;
        }
    }

    /**
     * SeaBIOS runs what the media hold, and shows on the console what it shows on the screen.
     *
     * @see <a href="https://www.seabios.org/Runtime_config">SeaBIOS, etc/sercon-port</a>
     * @param consolePort the file with the console's port
     */
    record Bios(Path consolePort) implements Loader {
        /** The first serial port of a PC, as SeaBIOS reads it: 64 bits, little endian. */
        static final byte[] FIRST_SERIAL = {(byte) 0xf8, 0x03, 0, 0, 0, 0, 0, 0};

        @Override
        public List<String> arguments() {
            String console = "name=etc/sercon-port,file=" + Part.value(consolePort);
            return List.of("-M", "q35", "-fw_cfg", console);
        }
    }
}
