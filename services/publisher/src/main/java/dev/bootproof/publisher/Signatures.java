package dev.bootproof.publisher;

import dev.bootproof.attestation.Attestations;
import dev.bootproof.attestation.Envelope;
import dev.bootproof.attestation.SigningKey;
import dev.bootproof.attestation.Statement;
import dev.bootproof.events.LocalLab;
import dev.bootproof.events.Pins;
import dev.bootproof.events.SuitePlan;
import dev.bootproof.events.TestsDone;
import dev.bootproof.publisher.Results.Stored;
import dev.bootproof.registry.Registry;
import dev.bootproof.registry.RegistryException;
import dev.bootproof.stage.LeaseBook;
import io.quarkus.logging.Log;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Signs verdicts and hangs them beside their results, once a run: {@code passed} and {@code failed}, because the others
 * say nothing about the image.
 *
 * <p>Failure: throws {@link RegistryException}; done again it completes what is there. A key that cannot be used stops
 * the service from starting, so that no verdict goes out unsigned.
 */
@ApplicationScoped
class Signatures {
    private final Attestations attestations;
    private final LeaseBook book;
    private final SigningKey key;
    private final URI pages;

    Signatures(Registry registry, LeaseBook book, PublisherConfig config, LocalLab lab) {
        this.attestations = new Attestations(registry);
        this.book = book;
        this.key = SigningKey.at(config.attestationKey().orElse(lab.attestationKey()));
        this.pages = config.url();
    }

    void start(@Observes StartupEvent event) {
        Log.infof("verdicts are signed with the key %s", key.publicKey().id());
    }

    void hang(TestsDone done, Stored where) {
        switch (done.verdict()) {
            case PASSED, FAILED -> {
                var hung = attestations.hang(
                        where.repository(), done.runId(), where.digest(), where.subject(), () -> sign(done, where));
                Log.infof("verdict signed runId=%s digest=%s attestation=%s", done.runId(), where.digest(), hung);
            }
            case ERRORED, SKIPPED -> {}
        }
    }

    private Attestations.Signed sign(TestsDone done, Stored where) {
        URI page = pages.resolve("/runs/" + done.runId());
        Statement statement = new Statements(done, planned(done), page).about(where.digest());
        return new Attestations.Signed(Envelope.sign(statement, key), key.publicKey());
    }

    private List<String> planned(TestsDone done) {
        return book.fresh(done.runId()).map(lease -> Optional.ofNullable(lease.pins())).stream()
                .flatMap(Optional::stream)
                .map(Pins::plan)
                .flatMap(plan -> plan.phases().stream())
                .flatMap(phase -> phase.suites().stream())
                .filter(step -> step.kind() == SuitePlan.Step.SUITE)
                .map(SuitePlan::name)
                .distinct()
                .toList();
    }
}
