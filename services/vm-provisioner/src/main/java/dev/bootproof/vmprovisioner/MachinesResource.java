package dev.bootproof.vmprovisioner;

import dev.bootproof.events.MachineState;
import dev.bootproof.events.MalformedEvent;
import dev.bootproof.events.RunId;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** Answers for the machines of this host, so that nobody judges a lost connection blind. */
@Path("/machines")
@RunOnVirtualThread
public class MachinesResource {
    private final Machines machines;
    private final Kept kept;

    MachinesResource(Machines machines, Kept kept) {
        this.machines = machines;
        this.kept = kept;
    }

    /** All machines of which anything is left. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public List<MachineListing> all() {
        return machines.all().stream()
                .map(machine -> MachineListing.of(machine, kept.isKept(machine.run())))
                .toList();
    }

    /** What a machine is doing. */
    @GET
    @Path("/{run}/p{phase: [0-9]{1,3}}")
    @Produces(MediaType.APPLICATION_JSON)
    public MachineState state(String run, int phase) {
        return machine(run, phase).state();
    }

    /** What its console shows. */
    @GET
    @Path("/{run}/p{phase: [0-9]{1,3}}/console")
    public Response console(String run, int phase) {
        return plain("text/plain; charset=utf-8", machine(run, phase).console());
    }

    /** What its screen shows; 404 when it has none any more. */
    @GET
    @Path("/{run}/p{phase: [0-9]{1,3}}/screenshot")
    public Response screenshot(String run, int phase) {
        byte[] png = machine(run, phase).screenshot().orElseThrow(NotFoundException::new);
        return plain("image/png", png);
    }

    /** A guest writes what it likes on its console: no browser is to take it for anything else. */
    private static Response plain(String type, byte[] content) {
        return Response.ok(content, type)
                .header("X-Content-Type-Options", "nosniff")
                .header("Cache-Control", "no-store")
                .build();
    }

    private Machine machine(String run, int phase) {
        try {
            return machines.find(new RunId(run), phase).orElseThrow(NotFoundException::new);
        } catch (MalformedEvent e) {
            throw new NotFoundException(e);
        }
    }
}
