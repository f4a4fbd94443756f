package dev.bootproof.vmprovisioner.qemu;

import dev.bootproof.events.LocalLab;
import dev.bootproof.events.RunId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What the machines of a run's earlier phases left, which lasts: a disk that one phase wrote is what the next one boots.
 *
 * @param lab the lab
 * @param run the run
 * @param phase the phase that begins
 */
record EarlierPhases(LocalLab lab, RunId run, int phase) {
    /** The first of these files in the directory of the latest phase that has any of them. */
    Optional<Path> latest(String... names) {
        return IntStream.iterate(phase - 1, n -> n >= 0, n -> n - 1)
                .mapToObj(n -> lab.phase(run, n))
                .flatMap(directory -> Stream.of(names).map(directory::resolve))
                .filter(Files::exists)
                .findFirst();
    }
}
