package dev.bootproof.vmprovisioner;

import dev.bootproof.events.MachineState;
import dev.bootproof.events.RunId;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** What may be done to a machine between two suites. */
@Path("/machines/{run}/p{phase: [0-9]{1,3}}")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class RewindingResource {
    private final Rewinding rewinding;

    RewindingResource(Rewinding rewinding) {
        this.rewinding = rewinding;
    }

    /** Saves disk and memory; when that was done before, nothing is done. */
    @POST
    @Path("/save")
    public void save(String run, int phase) {
        MachineState _ = rewinding.save(known(run), phase).orElseThrow(NotFoundException::new);
    }

    /** Puts it back as it was saved. */
    @POST
    @Path("/restore")
    public MachineState restore(String run, int phase) {
        return rewinding.restore(known(run), phase).orElseThrow(NotFoundException::new);
    }

    /** Boots it afresh; answers when the guest lets us in. */
    @POST
    @Path("/fresh")
    public MachineState fresh(String run, int phase) {
        return rewinding.fresh(known(run), phase).orElseThrow(NotFoundException::new);
    }

    @ServerExceptionMapper
    Response refused(Refusal refusal) {
        Map<String, Object> body = new LinkedHashMap<>();
        refusal.fault().ifPresent(fault -> body.put("fault", fault.word()));
        body.put("error", refusal.sentence());
        return Response.status(Response.Status.CONFLICT)
                .type(MediaType.APPLICATION_JSON)
                .entity(body)
                .build();
    }

    private static RunId known(String run) {
        if (!RunId.isOne(run)) {
            throw new NotFoundException();
        }
        return new RunId(run);
    }
}
