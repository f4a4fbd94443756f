package dev.bootproof.diskbuilder.ext4;

import dev.bootproof.diskbuilder.Deadline;
import dev.bootproof.diskbuilder.HostFault;
import dev.bootproof.diskbuilder.Tool;
import dev.bootproof.diskbuilder.rootfs.Directory;
import dev.bootproof.events.Fault;
import dev.bootproof.stage.StageFault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * Makes an ext4 image of a tree. Features are named one by one, so that an older kernel than the host's mounts it and
 * another host makes the same bytes; it has a journal, because machines are reset as well as shut down.
 *
 * <p>Failure: a {@link StageFault}; the file is then of no use.
 */
public final class Ext4Image {
    private static final String FEATURES = "none,has_journal,ext_attr,resize_inode,dir_index,filetype,extent,64bit,"
            + "flex_bg,sparse_super,large_file,huge_file,dir_nlink,extra_isize,metadata_csum";
    private static final long MADE_AT = 1_700_000_000;
    private static final long INODES_PER_MIB = 16;
    private static final int BLOCKS_PER_MIB = 256;

    private final E2fsprogs programs;
    private final Path contents;
    private final Deadline deadline;
    private final Map<String, String> environment;

    /**
     * @param programs what makes it
     * @param contents where the tree's contents lie, and where programs may write
     * @param deadline until when
     */
    public Ext4Image(E2fsprogs programs, Path contents, Deadline deadline) {
        this.programs = programs;
        this.contents = contents;
        this.deadline = deadline;
        this.environment = Map.of(
                "E2FSPROGS_FAKE_TIME",
                String.valueOf(MADE_AT),
                "MKE2FS_CONFIG",
                contents.resolve("mke2fs.conf").toString());
    }

    /**
     * Makes it.
     *
     * @param identity 32 hex digits, from which its UUID derives
     */
    public void make(Place place, Directory root, String identity) {
        Census census = Census.of(root);
        long needed = census.blocks() / BLOCKS_PER_MIB;
        if (needed >= place.sizeMiB()) {
            throw new StageFault(
                    Fault.IMAGE_TOO_LARGE, "its files fill " + needed + " MiB, the disk has " + place.sizeMiB());
        }
        try {
            format(place, census, identity);
            fill(place, root, census);
            check(place);
        } catch (IOException e) {
            throw HostFault.of(e);
        }
    }

    private void format(Place place, Census census, String identity) throws IOException {
        int sizeMiB = place.sizeMiB();
        try (InputStream config = Ext4Image.class.getResourceAsStream("/mke2fs.conf")) {
            Files.copy(Objects.requireNonNull(config), contents.resolve("mke2fs.conf"));
        }
        long inodes = Math.max(sizeMiB * INODES_PER_MIB, census.files() * 2L);
        UUID uuid = uuid(identity);
        List<String> arguments = List.of(
                "-q",
                "-F",
                "-b",
                "4096",
                "-I",
                "256",
                "-m",
                "0",
                "-L",
                "root",
                "-O",
                FEATURES,
                "-N",
                String.valueOf(inodes),
                "-U",
                uuid.toString(),
                "-J",
                "size=" + (sizeMiB < 256 ? 4 : 16),
                "-E",
                "hash_seed=" + uuid + ",root_owner=0:0,lazy_itable_init=0,lazy_journal_init=1" + place.option(),
                place.file().toString(),
                sizeMiB + "M");
        expectSuccess(programs.mkfs().run(arguments, contents, environment, deadline));
    }

    private void fill(Place place, Directory root, Census census) throws IOException {
        Path script = contents.resolve("debugfs.script");
        DebugfsScript.write(script, root, census, contents, MADE_AT);
        List<String> arguments = List.of("-w", "-f", script.toString(), place.name());
        DebugfsOutput.check(programs.debugfs().run(arguments, contents, environment, deadline));
    }

    private void check(Place place) throws IOException {
        expectSuccess(programs.fsck().run(List.of("-fn", place.name()), contents, environment, deadline));
    }

    private static void expectSuccess(Tool.Result result) throws IOException {
        if (result.exit() != 0) {
            throw failed(result);
        }
    }

    private static StageFault failed(Tool.Result result) throws IOException {
        String said = result.said();
        Fault fault = HostFault.saysFull(said) ? Fault.DISK_FULL : Fault.TOOL_FAILED;
        return new StageFault(fault, result.name() + " exited with " + result.exit() + ": " + said);
    }

    private static UUID uuid(String identity) {
        ByteBuffer bytes = ByteBuffer.wrap(HexFormat.of().parseHex(identity));
        return new UUID(bytes.getLong(), bytes.getLong());
    }
}
