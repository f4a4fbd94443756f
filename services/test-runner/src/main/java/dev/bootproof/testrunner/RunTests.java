package dev.bootproof.testrunner;

import dev.bootproof.events.DiskReady;
import dev.bootproof.events.PhaseResult;
import dev.bootproof.events.VmReady;
import dev.bootproof.stage.Claim;
import dev.bootproof.stage.Work;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * A machine that is up becomes a verdict with its evidence, or the next phase's disk.
 *
 * <p>Failure: killed at any point, the same event does the rest. A suite that runs in the guest is waited for, not run
 * again, and a phase whose evidence is kept is only told once more.
 */
@ApplicationScoped
class RunTests {
    private final Work work;
    private final PhaseRunner runner;
    private final EvidenceStore evidence;

    RunTests(Work work, PhaseRunner runner, EvidenceStore evidence) {
        this.work = work;
        this.runner = runner;
        this.evidence = evidence;
    }

    @Incoming("vm-ready")
    @RunOnVirtualThread
    void on(ConsumerRecord<String, byte[]> entry) {
        work.take(entry, VmReady.class, this::test);
    }

    private void test(Claim<VmReady> claim) {
        VmReady event = claim.event();
        PhaseOutcome outcome = evidence.find(event.runId(), event.phase()).orElseGet(() -> {
            claim.begin(event.phase());
            return runner.run(new PhaseWork(event, claim.pins(), claim::fence));
        });
        conclude(claim, outcome);
    }

    private void conclude(Claim<VmReady> claim, PhaseOutcome outcome) {
        VmReady event = claim.event();
        List<PhaseResult> phases = new ArrayList<>();
        for (int n = 0; n < event.phase(); n++) {
            evidence.find(event.runId(), n).map(PhaseOutcome::result).ifPresent(phases::add);
        }
        phases.add(outcome.result());
        if (outcome.fault() != null) {
            claim.end(outcome.fault(), outcome.evidence(), phases);
            return;
        }
        int next = event.phase() + 1;
        if (next < claim.pins().plan().phases().size()) {
            claim.send(new DiskReady(event.runId(), next, event.inputs(), event.samples(), event.disks()));
            return;
        }
        claim.pass(PhaseOutcome.passed(phases), phases);
    }
}
