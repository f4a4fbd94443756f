package dev.bootproof.publisher;

import dev.bootproof.attestation.Resource;
import dev.bootproof.attestation.Statement;
import dev.bootproof.attestation.TestResult;
import dev.bootproof.attestation.TestResult.Result;
import dev.bootproof.attestation.TestedRun;
import dev.bootproof.attestation.TestedRun.TestedSuite;
import dev.bootproof.events.Digest;
import dev.bootproof.events.PhaseResult;
import dev.bootproof.events.SuiteResult;
import dev.bootproof.events.TestsDone;
import dev.bootproof.events.Verdict;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A verdict as a statement that can be signed.
 *
 * @param done the verdict: passed or failed
 * @param planned the suites that were to run; empty where that is not known any more
 * @param page where people read about the run
 */
record Statements(TestsDone done, List<String> planned, URI page) {
    Statement about(Digest digest) {
        String image = done.image().registry() + "/" + done.image().repository();
        return Statement.about(
                image,
                digest,
                new TestResult(result(), configuration(), page, named(Verdict.PASSED), warned(), failed(), run()));
    }

    private Result result() {
        if (done.verdict() != Verdict.PASSED) {
            return Result.FAILED;
        }
        return done.counts().flaky() + done.counts().known() > 0 ? Result.WARNED : Result.PASSED;
    }

    private List<Resource> configuration() {
        return suites().map(suite -> new Resource(
                        suite.name(),
                        suite.origin(),
                        Map.of("sha256", suite.source().hex())))
                .distinct()
                .toList();
    }

    private List<String> named(Verdict verdict) {
        return suites().filter(suite -> suite.verdict() == verdict)
                .map(SuiteResult::name)
                .distinct()
                .toList();
    }

    private List<String> warned() {
        return suites().flatMap(suite -> Stream.concat(
                                suite.flaky().stream(), suite.known().stream().map(SuiteResult.Known::test))
                        .map(test -> suite.name() + ": " + test))
                .distinct()
                .toList();
    }

    /** Where no suite is at fault, the boot is. */
    private List<String> failed() {
        List<String> failed = Stream.concat(
                        named(Verdict.FAILED).stream(),
                        suites().flatMap(suite ->
                                suite.failures().stream().map(failure -> suite.name() + ": " + failure.test())))
                .distinct()
                .toList();
        return failed.isEmpty() && done.fault() != null
                ? List.of("boot: " + done.fault().word())
                : failed;
    }

    private TestedRun run() {
        List<TestedSuite> ran = done.phases().stream()
                .flatMap(phase -> phase.suites().stream().map(suite -> tested(phase, suite)))
                .toList();
        return new TestedRun(
                done.runId(), done.plan(), done.platformDigest(), done.finishedAt(), done.reason(), planned, ran);
    }

    private static TestedSuite tested(PhaseResult phase, SuiteResult suite) {
        return new TestedSuite(suite.name(), phase.name(), suite.verdict(), suite.counts());
    }

    private Stream<SuiteResult> suites() {
        return done.phases().stream().flatMap(phase -> phase.suites().stream());
    }
}
