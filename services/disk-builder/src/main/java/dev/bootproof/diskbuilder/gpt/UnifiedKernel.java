package dev.bootproof.diskbuilder.gpt;

import dev.bootproof.diskbuilder.Deadline;
import dev.bootproof.diskbuilder.Tool;
import dev.bootproof.diskbuilder.rootfs.Unsupported;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A unified kernel image: systemd's EFI stub with kernel, initramfs and command line in sections of it (UAPI group,
 * "Unified Kernel Image"). The kernel comes last, because it may grow in memory.
 */
final class UnifiedKernel {
    private static final long PAGE = 4096;

    private final List<String> arguments = new ArrayList<>();
    private long next;

    private UnifiedKernel(long next) {
        this.next = next;
    }

    /**
     * Makes one.
     *
     * @param objcopy adds the sections
     * @param parts what goes in
     * @param out where to
     * @param directory where programs may write
     * @throws Unsupported when the stub is none
     */
    static void make(Tool objcopy, Parts parts, Path out, Path directory, Deadline deadline) throws IOException {
        PeImage stub = PeImage.read(parts.stub())
                .orElseThrow(() -> new Unsupported("an EFI stub that is no 64-bit EFI program: "
                        + parts.stub().getFileName()));
        UnifiedKernel kernel = new UnifiedKernel(stub.end());
        kernel.section(".osrel", parts.osRelease());
        Path commandLine = directory.resolve("cmdline");
        kernel.section(".cmdline", Files.writeString(commandLine, parts.commandLine(), StandardCharsets.UTF_8));
        kernel.section(".initrd", parts.initramfs());
        kernel.section(".linux", parts.kernel());
        kernel.arguments.addAll(List.of("--preserve-dates", parts.stub().toString(), out.toString()));
        Failures.expectSuccess(objcopy.run(kernel.arguments, directory, Map.of(), deadline));
        Files.setLastModifiedTime(out, FileTime.from(Instant.ofEpochSecond(GptDisk.MADE_AT)));
    }

    private void section(String name, Path content) throws IOException {
        next = (next + PAGE - 1) / PAGE * PAGE;
        arguments.addAll(List.of(
                "--add-section",
                name + "=" + content,
                "--change-section-vma",
                name + "=0x" + Long.toHexString(next),
                "--set-section-flags",
                name + "=data,readonly"));
        next += Files.size(content);
    }

    /**
     * What goes into a unified kernel image.
     *
     * @param stub systemd's EFI stub
     * @param kernel the kernel
     * @param initramfs its initramfs
     * @param osRelease the image's os-release
     * @param commandLine the kernel command line
     */
    record Parts(Path stub, Path kernel, Path initramfs, Path osRelease, String commandLine) {}
}
