package dev.bootproof.vmprovisioner;

import dev.bootproof.events.DiskReady;
import dev.bootproof.events.Fault;
import dev.bootproof.events.Medium;
import dev.bootproof.events.PhasePlan;
import dev.bootproof.events.PhaseResult;
import dev.bootproof.events.Pins;
import dev.bootproof.events.VmReady;
import dev.bootproof.stage.Claim;
import dev.bootproof.stage.StageFault;
import dev.bootproof.stage.Traces;
import dev.bootproof.stage.Work;
import io.quarkus.logging.Log;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * A disk becomes a machine that is up, or a verdict why not.
 *
 * <p>Failure: the machine and its files stay until the janitor takes them; whoever gets the event again goes on with
 * the machine that runs.
 */
@ApplicationScoped
class ProvisionVm {
    private final Work work;
    private final Machines machines;
    private final Rooms rooms;
    private final Boots boots;
    private final Evidence evidence;
    private final Traces traces;
    private final URI self;

    ProvisionVm(
            Work work,
            Machines machines,
            Rooms rooms,
            Boots boots,
            Evidence evidence,
            Traces traces,
            VmProvisionerConfig config) {
        this.work = work;
        this.machines = machines;
        this.rooms = rooms;
        this.boots = boots;
        this.evidence = evidence;
        this.traces = traces;
        this.self = config.url();
    }

    @Incoming("disk-ready")
    @RunOnVirtualThread
    void on(ConsumerRecord<String, byte[]> entry) {
        work.take(entry, DiskReady.class, this::provision);
    }

    private void provision(Claim<DiskReady> claim) {
        DiskReady disk = claim.event();
        List<Machine> others = machines.all().stream()
                .filter(machine -> machine.run().equals(disk.runId()) && machine.phase() != disk.phase())
                .toList();
        if (others.stream().anyMatch(machine -> machine.phase() > disk.phase())) {
            Log.infof("passed over, a later phase has begun runId=%s phase=%d", disk.runId(), disk.phase());
            return;
        }
        others.forEach(Machine::stop);
        Order order = order(claim);
        switch (rooms.enter(order, claim.pins().plan().maxWait())) {
            case Rooms.Full(String how) -> throw new StageFault(Fault.NO_ROOM, how, earlier(disk));
            case Rooms.Room room -> {
                try (room) {
                    claim.begin(disk.phase());
                    conclude(claim, traces.step("boot", disk.runId(), () -> boot(claim, order)));
                }
            }
        }
    }

    private BootResult.Final boot(Claim<DiskReady> claim, Order order) {
        return boots.bring(order, claim.phase(order.phase()).bootTimeout(), claim::fence);
    }

    private void conclude(Claim<DiskReady> claim, BootResult.Final result) {
        switch (result) {
            case BootResult.Up(Machine machine, String wayIn) -> claim.send(ready(claim.event(), machine, wayIn));
            case BootResult.Failed(Machine machine, Fault fault, String why) -> end(claim, machine, fault, why);
            case BootResult.NotStarted(Fault fault, String why) ->
                throw new StageFault(fault, why, earlier(claim.event()));
        }
    }

    private VmReady ready(DiskReady disk, Machine machine, String wayIn) {
        URI answers = URI.create(self + "/machines/" + disk.runId() + "/p" + disk.phase());
        Log.infof("machine is up runId=%s phase=%d: %s", disk.runId(), disk.phase(), wayIn);
        return new VmReady(
                disk.runId(),
                disk.phase(),
                disk.inputs(),
                disk.samples(),
                machine.ssh(),
                answers,
                wayIn,
                machine.story().milestones(),
                disk.disks());
    }

    private void end(Claim<DiskReady> claim, Machine machine, Fault fault, String why) {
        DiskReady disk = claim.event();
        PhasePlan plan = claim.phase(disk.phase());
        Story story = machine.story();
        PhaseResult result =
                new PhaseResult(disk.phase(), plan.name(), story.wayIn(), story.milestones(), List.of(), null);
        claim.fence();
        List<PhaseResult> phases = new ArrayList<>(earlier(disk));
        phases.add(evidence.keep(machine, result));
        claim.end(fault, why, phases);
        if (claim.pins().keep() == null) {
            machine.stop();
        }
    }

    private List<PhaseResult> earlier(DiskReady disk) {
        return evidence.earlier(disk.runId(), disk.phase());
    }

    private static Order order(Claim<DiskReady> claim) {
        DiskReady disk = claim.event();
        Map<String, String> disks = new HashMap<>(disk.disks());
        disks.put(Medium.IMAGE, disk.inputs().identity());
        Pins pins = claim.pins();
        return new Order(disk.runId(), disk.phase(), 1, 0, pins.plan(), pins.image(), disks);
    }
}
