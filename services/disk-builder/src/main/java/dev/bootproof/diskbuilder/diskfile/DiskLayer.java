package dev.bootproof.diskbuilder.diskfile;

import dev.bootproof.diskbuilder.rootfs.Unsupported;
import dev.bootproof.registry.Descriptor;
import dev.bootproof.registry.ManifestView;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Which layer of an artifact is the disk: the one whose name or media type says so, else the only one. */
final class DiskLayer {
    private static final Pattern NAME =
            Pattern.compile(".*\\.(raw|img|qcow2|iso)(\\.(xz|bz2|zst|zstd|gz))?", Pattern.CASE_INSENSITIVE);
    private static final Pattern TYPE = Pattern.compile(
            "application/.*(qcow2?|iso9660|qemu-disk|disk-?image|[./+-](raw|img|iso))\\b.*", Pattern.CASE_INSENSITIVE);

    private DiskLayer() {}

    /**
     * The layer that a name or a media type says is a disk.
     *
     * @throws Unsupported when more than one is
     */
    static Optional<Descriptor> named(ManifestView manifest) throws Unsupported {
        List<Descriptor> disks =
                manifest.layers().stream().filter(DiskLayer::isDisk).toList();
        if (disks.size() > 1) {
            throw new Unsupported(
                    "an artifact with more than one disk: " + names(disks) + "; publish each under a tag of its own");
        }
        return disks.stream().findFirst();
    }

    /**
     * The layer that is the disk of an artifact.
     *
     * @throws Unsupported when that cannot be said
     */
    static Descriptor of(ManifestView manifest) throws Unsupported {
        Optional<Descriptor> named = named(manifest);
        if (named.isPresent()) {
            return named.get();
        }
        if (manifest.layers().size() == 1) {
            return manifest.layers().getFirst();
        }
        throw new Unsupported("an artifact of which no file is a disk by its name: it has "
                + (manifest.layers().isEmpty() ? "no files" : names(manifest.layers()))
                + "; name one .raw, .img, .qcow2 or .iso");
    }

    private static boolean isDisk(Descriptor layer) {
        String title = layer.title();
        return title == null
                ? TYPE.matcher(layer.mediaType()).matches()
                : NAME.matcher(title).matches();
    }

    private static String names(List<Descriptor> layers) {
        return layers.stream()
                .map(layer -> layer.title() == null
                        ? layer.mediaType() + " " + layer.digest().abbreviated()
                        : layer.title())
                .collect(Collectors.joining(", "));
    }
}
