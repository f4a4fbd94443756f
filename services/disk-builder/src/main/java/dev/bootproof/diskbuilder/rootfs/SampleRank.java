package dev.bootproof.diskbuilder.rootfs;

import dev.bootproof.events.Digest;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Decides, while a layer comes in, of which files a digest is taken: of those whose rank is among the best of the layer
 * so far. To hash them all would take longer than all the rest. Small ones, because an emulated guest hashes some ten
 * megabytes in a second, and the size of a file says nothing about whether it is the image's.
 */
final class SampleRank {
    private static final int KEPT = 64;
    private static final long LONGEST = 64L << 10;
    private static final Pattern PLAIN = Pattern.compile("/usr(/[A-Za-z0-9._+@-]+)+");

    private final TreeSet<String> best = new TreeSet<>();
    private final Digest image;

    SampleRank(Digest image) {
        this.image = image;
    }

    /** Where a file stands among all files of its image: by a hash, so that the chosen ones are spread over it. */
    static String of(Digest image, String path) {
        return Digest.of(image + "\n" + path).hex();
    }

    /** Whether this file may be chosen; python rewrites its caches at run time. */
    boolean takes(EntryPath path, long size) {
        String text = path.toString();
        if (size == 0 || size > LONGEST || !PLAIN.matcher(text).matches() || text.contains("/__pycache__/")) {
            return false;
        }
        String rank = of(image, text);
        if (best.size() < KEPT) {
            return best.add(rank);
        }
        if (rank.compareTo(best.last()) > 0) {
            return false;
        }
        best.pollLast();
        return best.add(rank);
    }
}
