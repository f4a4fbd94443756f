package dev.bootproof.attestation;

import dev.bootproof.attestation.Evidence.Believed;
import dev.bootproof.attestation.Gate.Answer;
import dev.bootproof.attestation.Gate.Open;
import dev.bootproof.attestation.Gate.Shut;
import dev.bootproof.attestation.TestResult.Result;
import dev.bootproof.events.Counts;
import dev.bootproof.events.ImageRef;
import dev.bootproof.events.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Decides by the believed verdicts.
 *
 * @param image the image, by digest
 * @param evidence what can be believed about it, newest first
 */
record Ruling(ImageRef image, Evidence evidence) {
    Answer about(List<String> suites) {
        if (evidence.believed().isEmpty()) {
            return shut(evidence.refused().isEmpty() ? "there is no signed verdict about it" : refusals());
        }
        if (suites.isEmpty()) {
            return opened(List.of(evidence.believed().getFirst()), "its plan");
        }
        List<Believed> deciding = new ArrayList<>();
        for (String suite : suites) {
            Optional<Believed> newest = evidence.believed().stream()
                    .filter(one -> one.result().run().concerns(suite))
                    .findFirst();
            if (newest.isEmpty()) {
                return shut("no signed verdict is about the suite " + suite + ", only about " + others());
            }
            deciding.add(newest.get());
        }
        return missing(suites, deciding)
                .<Answer>map(this::shut)
                .orElseGet(() -> opened(deciding, String.join(", ", suites)));
    }

    /** Of suites that passed runs were to run and did not, or did without passing, the first. */
    private static Optional<String> missing(List<String> suites, List<Believed> deciding) {
        for (int n = 0; n < suites.size(); n++) {
            String suite = suites.get(n);
            TestResult result = deciding.get(n).result();
            if (result.result() == Result.FAILED) {
                continue;
            }
            if (!result.run().ran(suite)) {
                return Optional.of("the suite " + suite + " did not run in " + said(deciding.get(n)));
            }
            if (result.run().suites().stream()
                    .anyMatch(one -> one.name().equals(suite) && one.verdict() != Verdict.PASSED)) {
                return Optional.of("the suite " + suite + " did not pass in " + said(deciding.get(n)));
            }
        }
        return Optional.empty();
    }

    private Answer opened(List<Believed> deciding, String what) {
        Optional<Believed> failed = deciding.stream()
                .filter(one -> one.result().result() == Result.FAILED)
                .findFirst();
        if (failed.isPresent()) {
            return shut("the newest verdict is failed, in " + said(failed.get()) + ": "
                    + failed.get().result().run().reason());
        }
        Believed oldest = deciding.stream()
                .min(Comparator.comparing(one -> one.result().run().finishedAt()))
                .orElseThrow();
        Counts counts = counts(deciding);
        return new Open(
                image,
                oldest.where(),
                oldest.result().run().id(),
                oldest.result().run().finishedAt(),
                oldest.keyId(),
                counts.flaky(),
                counts.known(),
                image + " passed " + what + " in " + said(oldest) + ", signed by " + oldest.keyId() + warned(counts));
    }

    private static Counts counts(List<Believed> deciding) {
        return deciding.stream()
                .distinct()
                .flatMap(one -> one.result().run().suites().stream())
                .map(TestedRun.TestedSuite::counts)
                .reduce(Counts.NONE, Counts::plus);
    }

    private static String warned(Counts counts) {
        return counts.flaky() + counts.known() == 0
                ? ""
                : "; " + counts.flaky() + " flaky and " + counts.known() + " known to fail";
    }

    private static String said(Believed one) {
        TestedRun run = one.result().run();
        return "run " + run.id() + " of " + run.finishedAt();
    }

    private Shut shut(String why) {
        return new Shut(image + ": " + why, Gate.CLOSED);
    }

    private String refusals() {
        return "none of the statements about it is believed: " + String.join("; ", evidence.refused());
    }

    private String others() {
        return evidence.believed().stream()
                .flatMap(one -> one.result().run().suites().stream())
                .map(TestedRun.TestedSuite::name)
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }
}
