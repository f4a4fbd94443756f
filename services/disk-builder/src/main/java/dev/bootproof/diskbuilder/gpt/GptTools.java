package dev.bootproof.diskbuilder.gpt;

import dev.bootproof.diskbuilder.Deadline;
import dev.bootproof.diskbuilder.HostFault;
import dev.bootproof.diskbuilder.Tool;
import dev.bootproof.events.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The programs that make partitions, FAT and unified kernel images.
 *
 * @param sfdisk writes the partition table
 * @param mkfsFat makes an empty FAT
 * @param mmd makes directories in it
 * @param mcopy copies files into it
 * @param objcopy makes unified kernel images
 * @param stub systemd's EFI stub of this host; it need not be there
 */
public record GptTools(Tool sfdisk, Tool mkfsFat, Tool mmd, Tool mcopy, Tool objcopy, Path stub) {
    private static final Pattern VERSION = Pattern.compile("\\d+(\\.\\d+)+");

    /**
     * Those of this host.
     *
     * @param searchPath directories, separated as in PATH
     */
    public static GptTools find(String searchPath, Path stub) {
        return new GptTools(
                Tool.find("sfdisk", searchPath, "fdisk"),
                Tool.find("mkfs.vfat", searchPath, "dosfstools"),
                Tool.find("mmd", searchPath, "mtools"),
                Tool.find("mcopy", searchPath, "mtools"),
                Tool.find("objcopy", searchPath, "binutils"),
                stub);
    }

    /** Their versions, because other versions make other bytes. */
    public String versions(Path scratch, Deadline deadline) throws IOException {
        return String.join(
                " ",
                "util-linux-" + version(sfdisk, "--version", scratch, deadline),
                "dosfstools-" + version(mkfsFat, "--help", scratch, deadline),
                "mtools-" + version(mcopy, "--version", scratch, deadline),
                "binutils-" + version(objcopy, "--version", scratch, deadline),
                "stub-" + stubVersion());
    }

    private String stubVersion() {
        try {
            return Files.exists(stub) ? Digest.of(Files.readAllBytes(stub)).abbreviated() : "none";
        } catch (IOException e) {
            throw HostFault.of(e);
        }
    }

    private static String version(Tool tool, String option, Path scratch, Deadline deadline) throws IOException {
        return tool.run(List.of(option), scratch, Map.of(), deadline)
                .find(line -> VERSION.matcher(line).find())
                .map(VERSION::matcher)
                .filter(Matcher::find)
                .map(Matcher::group)
                .orElse("unknown");
    }
}
