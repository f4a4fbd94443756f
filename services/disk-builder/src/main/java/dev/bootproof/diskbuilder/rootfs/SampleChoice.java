package dev.bootproof.diskbuilder.rootfs;

import dev.bootproof.events.Digest;
import dev.bootproof.events.Sample;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Chooses the files by which a guest shows that it runs these bits: the same ones each time, spread over the image by a
 * hash, below /usr because the rest changes at run time, and some from the top layer, which tells two builds apart.
 */
public final class SampleChoice {
    private static final int COUNT = 16;
    private static final int FROM_TOP = 4;

    private final Digest image;
    private final int topLayer;
    private final List<Candidate> candidates = new ArrayList<>();

    private SampleChoice(Digest image, int topLayer) {
        this.image = image;
        this.topLayer = topLayer;
    }

    /** At most 16 files of the image with this digest, by path. */
    public static List<Sample> of(Rootfs rootfs, Digest image) {
        SampleChoice choice = new SampleChoice(image, rootfs.layers() - 1);
        if (rootfs.tree().root().child("usr") instanceof Directory usr) {
            choice.collect(usr, "/usr");
        }
        return choice.choose();
    }

    private List<Sample> choose() {
        List<Candidate> ranked = candidates.stream()
                .sorted(Comparator.comparing(Candidate::rank))
                .toList();
        Stream<Candidate> top = ranked.stream().filter(Candidate::top).limit(FROM_TOP);
        return Stream.concat(top, ranked.stream())
                .distinct()
                .limit(COUNT)
                .map(Candidate::sample)
                .sorted(Comparator.comparing(Sample::path))
                .toList();
    }

    private void collect(Directory directory, String path) {
        directory.entries().forEach((name, entry) -> {
            if (entry.node() instanceof Directory below) {
                collect(below, path + "/" + name);
            } else if (entry.node() instanceof Node.RegularFile file) {
                consider(file, path + "/" + name, entry.layer());
            }
        });
    }

    private void consider(Node.RegularFile file, String path, int layer) {
        Digest content = file.digest();
        if (content != null) {
            String rank = SampleRank.of(image, path);
            candidates.add(new Candidate(new Sample(path, content), rank, layer == topLayer));
        }
    }

    /** A file that may be chosen. */
    private record Candidate(Sample sample, String rank, boolean top) {}
}
