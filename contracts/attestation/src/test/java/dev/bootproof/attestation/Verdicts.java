package dev.bootproof.attestation;

import dev.bootproof.attestation.TestResult.Result;
import dev.bootproof.attestation.TestedRun.TestedSuite;
import dev.bootproof.events.Counts;
import dev.bootproof.events.Digest;
import dev.bootproof.events.RunId;
import dev.bootproof.events.Verdict;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Statements as a lab makes them. */
final class Verdicts {
    static final Instant MORNING = Instant.parse("2026-11-20T08:00:00Z");

    private Verdicts() {}

    static Statement passed(Digest digest, String run, Instant at, String... suites) {
        return statement(digest, run, at, Result.PASSED, Counts.NONE, suites);
    }

    static Statement failed(Digest digest, String run, Instant at, String... suites) {
        return statement(digest, run, at, Result.FAILED, Counts.NONE, suites);
    }

    static Statement statement(Digest digest, String run, Instant at, Result result, Counts counts, String... suites) {
        Verdict verdict = result == Result.FAILED ? Verdict.FAILED : Verdict.PASSED;
        List<TestedSuite> ran = Arrays.stream(suites)
                .map(suite -> new TestedSuite(suite, "boot", verdict, counts))
                .toList();
        var tested = new TestedRun(
                new RunId(run), "demo", digest, at, "1 of 9 tests failed: smoke: it boots", List.of(suites), ran);
        var configuration = Arrays.stream(suites)
                .map(suite -> new Resource(
                        suite, null, Map.of("sha256", Digest.of(suite).hex())))
                .toList();
        URI page = URI.create("http://127.0.0.1:8085/runs/" + run);
        var predicate = new TestResult(result, configuration, page, List.of(suites), List.of(), List.of(), tested);
        return Statement.about("registry.example/org/os", digest, predicate);
    }
}
