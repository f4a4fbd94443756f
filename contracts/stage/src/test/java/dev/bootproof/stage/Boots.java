package dev.bootproof.stage;

import dev.bootproof.events.DiskReady;
import dev.bootproof.events.Fault;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** The smallest stage there can be: what it does is told by the name of the run. */
@ApplicationScoped
class Boots {
    private final List<String> taken = new CopyOnWriteArrayList<>();
    private final Work work;

    Boots(Work work) {
        this.work = work;
    }

    @Incoming("disk-ready")
    @RunOnVirtualThread
    void on(ConsumerRecord<String, byte[]> entry) {
        work.take(entry, DiskReady.class, this::boot);
    }

    List<String> taken() {
        return taken;
    }

    private void boot(Claim<DiskReady> claim) {
        taken.add(claim.runId().value());
        claim.begin(claim.event().phase());
        String name = claim.runId().value();
        if (name.startsWith("panics")) {
            throw new StageFault(Fault.KERNEL_PANIC, "Attempted to kill init!");
        }
        if (name.startsWith("buggy")) {
            throw new IllegalStateException("off by one");
        }
        claim.pass("booted", List.of());
    }
}
