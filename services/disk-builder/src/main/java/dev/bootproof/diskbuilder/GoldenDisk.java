package dev.bootproof.diskbuilder;

import dev.bootproof.events.DiskInputs;
import dev.bootproof.events.Sample;
import java.util.List;

/**
 * What {@code disk.json} says of the disk beside it.
 *
 * @param inputs everything it was made from
 * @param samples files of the image to compare in the guest
 */
record GoldenDisk(DiskInputs inputs, List<Sample> samples) {
    GoldenDisk {
        samples = List.copyOf(samples);
    }
}
