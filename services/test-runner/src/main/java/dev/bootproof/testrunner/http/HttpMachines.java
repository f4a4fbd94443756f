package dev.bootproof.testrunner.http;

import dev.bootproof.events.VmReady;
import dev.bootproof.testrunner.Machine;
import dev.bootproof.testrunner.Machines;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.http.HttpClient;
import java.time.Duration;

/** Machines whose owners answer over HTTP. */
@ApplicationScoped
class HttpMachines implements Machines {
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(5))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    @Override
    public Machine of(VmReady event) {
        return new HttpMachine(client, event.machine(), event.runId(), event.phase());
    }

    @PreDestroy
    void close() {
        client.shutdownNow();
    }
}
