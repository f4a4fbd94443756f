package dev.bootproof.vmprovisioner;

import dev.bootproof.events.Fault;
import dev.bootproof.events.Milestone;
import dev.bootproof.events.PlainText;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Reads a console as it grows and says what it shows: how far the boot is, and why it cannot go on. */
public final class ConsoleReading {
    private static final int LONGEST_LINE = 1024;
    private static final int LONGEST_EVIDENCE = 300;
    private static final Pattern DECORATION =
            Pattern.compile("\u001b\\[[0-9;?!]*[A-Za-z]|\u001b[()][A-Z0-9]|[\\p{Cntrl}&&[^\t]]");
    private static final Pattern TIMESTAMP = Pattern.compile("^\\s*(?:<\\d+>)?\\[\\s*\\d+\\.\\d+]\\s*");
    private static final Pattern PANIC = Pattern.compile("Kernel panic - not syncing: ?(.*)");
    private static final Pattern PROMPT = Pattern.compile("(?:^|\\S )login: ?$");

    /** What a line that holds this pattern shows; the first that fits counts. */
    private record Mark(Pattern pattern, Signal signal) {}

    private static final List<Mark> MILESTONES = List.of(
            reached("Reached target .*(?:Multi-User|Graphical)", Milestone.Name.TARGET),
            reached(
                    "SeaBIOS \\(version|^Booting from |BdsDxe: |GNU GRUB|GRUB loading|Welcome to GRUB"
                            + "|^(?:ISO|SYS|EXT)LINUX \\d|EFI stub: ",
                    Milestone.Name.FIRMWARE),
            reached("systemd\\[1]: |^Welcome to ", Milestone.Name.USERSPACE),
            reached("Linux version \\d", Milestone.Name.KERNEL));

    /** Texts of the kernel, dracut, initramfs-tools, systemd, and initramfs scripts of our own. */
    private static final Pattern NO_ROOT = Pattern.compile("VFS: (?:Unable to mount root fs|Cannot open root device)"
            + "|ALERT! .* does not exist"
            + "|dracut[^ ]{0,40} (?:Warning: .* does not exist|FATAL|Refusing to continue)"
            + "|Entering emergency mode\\. Exit the shell to continue"
            + "|Failed to mount .*/sysroot"
            + "|initramfs: (?:no root device|cannot mount)");

    private static final Pattern EMERGENCY = Pattern.compile(
            "You are in emergency mode|Started .*Emergency Shell|Reached target .*Emergency Mode|Freezing execution");
    private static final Pattern FAILED_UNIT = Pattern.compile("\\[(?:FAILED|DEPEND| TIME )]\\s*(.*)");
    private static final Pattern SWITCHING_OFF = Pattern.compile("reboot: (?:Power down|System halted)");

    /** Texts of OVMF and of SeaBIOS, for each device that holds nothing. */
    private static final Pattern NOT_LOADED = Pattern.compile("BdsDxe: failed to (?:load|start) |^Boot failed: ");

    /** SeaBIOS's last words, OVMF's, and the prompt of the shell that OVMF starts when it finds nothing else. */
    private static final Pattern NOTHING =
            Pattern.compile("(?:^No bootable device\\.|BdsDxe: No bootable option or device was found|^Shell> ?$)");

    private final StringBuilder pending = new StringBuilder();
    private String notLoaded = "";

    /** What these further characters of the console show. */
    public List<Signal> read(String characters) {
        List<Signal> signals = new ArrayList<>();
        for (int i = 0; i < characters.length(); i++) {
            char character = characters.charAt(i);
            if (character == '\n') {
                line(plain(pending.toString()), signals);
                pending.setLength(0);
            } else if (pending.length() < LONGEST_LINE) {
                pending.append(character);
            }
        }
        asked(plain(pending.toString()), signals);
        return signals;
    }

    /** What asks for something to be typed does not end its line, nor does SeaBIOS when it gives up. */
    private void asked(String line, List<Signal> signals) {
        if (PROMPT.matcher(line).find()) {
            signals.add(new Signal.Prompted());
        }
        firmware(line, signals);
    }

    private void firmware(String line, List<Signal> signals) {
        if (NOT_LOADED.matcher(line).find()) {
            notLoaded = bounded(line);
        }
        if (NOTHING.matcher(line).find()) {
            String why = notLoaded.isEmpty() ? "" : notLoaded + "; then ";
            signals.add(new Signal.NothingToBoot(why + bounded(line)));
        }
    }

    /** Forgets a line that has begun, because the machine was put back to another moment. */
    public void startAfresh() {
        pending.setLength(0);
        notLoaded = "";
    }

    /** A line as people read it: without colours, control characters and the kernel's time. */
    public static String plain(String line) {
        String bare = DECORATION.matcher(line).replaceAll("");
        return TIMESTAMP.matcher(bare).replaceFirst("").strip();
    }

    private void line(String line, List<Signal> signals) {
        firmware(line, signals);
        MILESTONES.stream()
                .filter(mark -> mark.pattern().matcher(line).find())
                .map(Mark::signal)
                .findFirst()
                .ifPresent(signals::add);
        var unit = FAILED_UNIT.matcher(line);
        if (unit.find()) {
            signals.add(new Signal.UnitFailed(bounded(unit.group(1))));
        }
        if (NO_ROOT.matcher(line).find()) {
            signals.add(new Signal.Broke(Fault.ROOT_NOT_FOUND, bounded(line)));
        } else if (EMERGENCY.matcher(line).find()) {
            signals.add(new Signal.Broke(Fault.EMERGENCY_MODE, bounded(line)));
        }
        var panic = PANIC.matcher(line);
        if (panic.find() && !line.contains("---[ end")) {
            signals.add(new Signal.Panicked(bounded(panic.group(1))));
        }
        if (SWITCHING_OFF.matcher(line).find()) {
            signals.add(new Signal.SwitchingOff());
        }
    }

    private static Mark reached(String pattern, Milestone.Name name) {
        return new Mark(Pattern.compile(pattern), new Signal.Reached(name));
    }

    private static String bounded(String line) {
        return PlainText.line(line, LONGEST_EVIDENCE);
    }
}
