package dev.bootproof.diskbuilder;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** What can be set for this service. */
@ConfigMapping(prefix = "disk-builder")
interface DiskBuilderConfig {
    /** How many disks are made at a time; more wait, as long as their plans allow. */
    @WithDefault("2")
    int maxConcurrency();

    /** How long a registry that does not answer is asked again before a run is ended for it. */
    @WithDefault("PT30S")
    Duration resolveTimeout();

    /** How long a registry may take to answer one request. */
    @WithDefault("PT30S")
    Duration registryTimeout();

    /** Registries that speak plain HTTP, as in a reference; those on loopback always may. */
    Optional<Set<String>> plainHttp();

    /** The program that makes an empty filesystem: a name to look for, or where it lies. */
    @WithDefault("mkfs.ext4")
    String mkfs();

    /** The program that fills a filesystem: a name to look for, or where it lies. */
    @WithDefault("debugfs")
    String debugfs();

    /** The program that checks a filesystem: a name to look for, or where it lies. */
    @WithDefault("e2fsck")
    String fsck();

    /** The largest disk that a published file may unpack to where its recipe names no size; also the largest download. */
    @WithDefault("64G")
    MemorySize largestDisk();

    /** How much room downloads may take that nobody uses just now. */
    @WithDefault("20G")
    MemorySize keepDownloads();

    /** systemd's EFI stub, for images that do not bring their own. */
    @WithDefault("/usr/lib/systemd/boot/efi/linuxx64.efi.stub")
    Path efiStub();
}
