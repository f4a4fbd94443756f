package dev.bootproof.testrunner;

import dev.bootproof.events.Fault;
import dev.bootproof.events.Sample;
import dev.bootproof.stage.StageFault;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Reads what {@code sha256sum -c} says of the sampled files. A comparison that was not made is never a good one. */
final class SampleCheck {
    private SampleCheck() {}

    /**
     * Returns when every file is said to be the image's.
     *
     * @throws StageFault when one is not, or nothing is said of it
     */
    static void judge(List<Sample> samples, Answer answer) {
        Set<String> said = answer.output().text().lines().collect(Collectors.toSet());
        find(samples, sample -> said.stream().anyMatch(line -> line.startsWith(sample.path() + ": FAILED")))
                .ifPresent(path -> {
                    throw new StageFault(Fault.WRONG_DIGEST, Words.line(path + " is not the file of the image"));
                });
        find(samples, sample -> !said.contains(sample.path() + ": OK")).ifPresent(path -> {
            throw new StageFault(
                    Fault.TOOL_FAILED,
                    Words.line(path + " could not be compared with the image's, sha256sum says: " + answer.summary()));
        });
    }

    private static Optional<String> find(List<Sample> samples, Predicate<Sample> wanted) {
        return samples.stream().filter(wanted).map(Sample::path).findFirst();
    }
}
