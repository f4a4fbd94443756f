package dev.bootproof.diskbuilder.rootfs;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The image's own kernel and initramfs, where image-mode systems keep them.
 *
 * @param kernel the kernel of the newest version
 * @param initramfs the initramfs that belongs to it
 */
public record BootFiles(Node.RegularFile kernel, Node.RegularFile initramfs) {
    private static final String MODULES = "/usr/lib/modules";
    private static final List<String> INITRAMFS = List.of("initramfs.img", "initramfs", "initrd.img", "initrd");
    private static final Pattern PART = Pattern.compile("\\d+|\\D+");

    /** Finds them; the newest version that has both counts. */
    public static BootFiles of(Tree tree) throws UnreadableImage, Unsupported {
        List<String> kernels = new ArrayList<>();
        for (String version : versions(tree)) {
            Optional<Node.RegularFile> kernel = file(tree, version, "vmlinuz");
            if (kernel.isEmpty()) {
                continue;
            }
            kernels.add(version);
            for (String name : INITRAMFS) {
                Optional<Node.RegularFile> initramfs = file(tree, version, name);
                if (initramfs.isPresent()) {
                    return new BootFiles(kernel.get(), initramfs.get());
                }
            }
        }
        throw new Unsupported(
                kernels.isEmpty()
                        ? "no kernel under " + MODULES
                                + ": rootfs boots the image's own; of a disk file in a container write kind: disk in the recipe"
                        : "no initramfs.img beside the kernel in " + MODULES + "/" + kernels.getFirst());
    }

    private static List<String> versions(Tree tree) throws UnreadableImage, Unsupported {
        if (!(tree.find(MODULES).orElse(null) instanceof Directory modules)) {
            return List.of();
        }
        return modules.entries().keySet().stream().sorted(newestFirst()).toList();
    }

    private static Optional<Node.RegularFile> file(Tree tree, String version, String name)
            throws UnreadableImage, Unsupported {
        return tree.find(MODULES + "/" + version + "/" + name)
                .filter(Node.RegularFile.class::isInstance)
                .map(Node.RegularFile.class::cast)
                .filter(file -> file.size() > 0);
    }

    /** Numbers within versions count as numbers: 6.10 is newer than 6.9. */
    static Comparator<String> newestFirst() {
        return ((Comparator<String>) BootFiles::compare).reversed();
    }

    private static int compare(String one, String other) {
        List<String> left = parts(one);
        List<String> right = parts(other);
        for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
            int step = comparePart(left.get(i), right.get(i));
            if (step != 0) {
                return step;
            }
        }
        return Integer.compare(left.size(), right.size());
    }

    private static int comparePart(String left, String right) {
        boolean numbers = Character.isDigit(left.charAt(0)) && Character.isDigit(right.charAt(0));
        return numbers ? new BigInteger(left).compareTo(new BigInteger(right)) : left.compareTo(right);
    }

    private static List<String> parts(String version) {
        return PART.matcher(version).results().map(MatchResult::group).toList();
    }
}
