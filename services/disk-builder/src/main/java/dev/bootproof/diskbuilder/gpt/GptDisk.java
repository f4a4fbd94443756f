package dev.bootproof.diskbuilder.gpt;

import dev.bootproof.diskbuilder.Deadline;
import dev.bootproof.diskbuilder.SparseFile;
import dev.bootproof.diskbuilder.ext4.Ext4Image;
import dev.bootproof.diskbuilder.ext4.Place;
import dev.bootproof.diskbuilder.rootfs.BootFiles;
import dev.bootproof.diskbuilder.rootfs.Node;
import dev.bootproof.diskbuilder.rootfs.Tree;
import dev.bootproof.events.DiskInputs;
import dev.bootproof.events.Fault;
import dev.bootproof.stage.StageFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A disk that UEFI boots: the image's own kernel as a unified kernel image on an EFI system partition, and its files on
 * an ext4 root. Where the plan's kernel arguments name no root, it is found by its PARTUUID.
 *
 * <p>Failure: a {@link StageFault}; the file is then of no use.
 */
public final class GptDisk {
    /** The time of everything that is made. */
    static final long MADE_AT = 1_700_000_000;

    private static final String STUB = "/usr/lib/systemd/boot/efi/linuxx64.efi.stub";

    private final GptTools tools;
    private final Ext4Image ext4;
    private final Path contents;
    private final Deadline deadline;

    /**
     * @param ext4 makes the root
     * @param contents where the tree's contents lie, and where programs may write
     */
    public GptDisk(GptTools tools, Ext4Image ext4, Path contents, Deadline deadline) {
        this.tools = tools;
        this.ext4 = ext4;
        this.contents = contents;
        this.deadline = deadline;
    }

    /** Makes it. */
    public void make(Path disk, Tree tree, DiskInputs inputs) throws IOException {
        BootFiles boot = BootFiles.of(tree);
        Path kernel = contents.resolve("BOOTX64.EFI");
        UnifiedKernel.Parts parts = new UnifiedKernel.Parts(
                stub(tree),
                contents.resolve(boot.kernel().content()),
                contents.resolve(boot.initramfs().content()),
                osRelease(tree),
                commandLine(inputs));
        UnifiedKernel.make(tools.objcopy(), parts, kernel, contents, deadline);
        Partitions partitions = Partitions.of(inputs.recipe().sizeMiB(), Files.size(kernel), inputs.identity());
        SparseFile.ofZeros(disk, (long) partitions.sizeMiB() << 20);
        partitions.write(tools.sfdisk(), disk, contents, deadline);
        new EfiSystem(tools, contents, deadline).make(disk, kernel, partitions.espMiB());
        Files.delete(kernel);
        Place root = new Place(disk, (long) partitions.rootAtMiB() << 20, partitions.rootMiB());
        ext4.make(root, tree.root(), inputs.identity());
    }

    private Path stub(Tree tree) throws IOException {
        Optional<Path> own = file(tree, STUB);
        if (own.isPresent()) {
            return own.get();
        }
        if (!Files.isReadable(tools.stub())) {
            throw new StageFault(
                    Fault.TOOL_MISSING,
                    "neither the image nor this machine has systemd's EFI stub, it comes with systemd-boot-efi:"
                            + " apt-get install systemd-boot-efi, or name another with disk-builder.efi-stub");
        }
        return tools.stub();
    }

    private Path osRelease(Tree tree) throws IOException {
        Optional<Path> own = file(tree, "/usr/lib/os-release");
        own = own.isPresent() ? own : file(tree, "/etc/os-release");
        return own.isPresent() ? own.get() : Files.writeString(contents.resolve("osrel"), "ID=linux\nNAME=Linux\n");
    }

    private Optional<Path> file(Tree tree, String path) throws IOException {
        return tree.find(path)
                .filter(Node.RegularFile.class::isInstance)
                .map(Node.RegularFile.class::cast)
                .filter(file -> file.size() > 0)
                .map(file -> contents.resolve(file.content()));
    }

    private static String commandLine(DiskInputs inputs) {
        List<String> arguments = inputs.recipe().kernelArguments();
        String written = String.join(" ", arguments);
        if (arguments.stream().anyMatch(argument -> argument.startsWith("root="))) {
            return written;
        }
        return ("root=PARTUUID=" + Partitions.root(inputs.identity()) + " " + written).strip();
    }
}
