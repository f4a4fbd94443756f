package dev.bootproof.testrunner.http;

import dev.bootproof.events.VmReady;
import dev.bootproof.stage.Stopping;
import dev.bootproof.testrunner.Machine;
import dev.bootproof.testrunner.Machines;
import dev.bootproof.testrunner.PhaseWork;
import dev.bootproof.testrunner.TestRunnerConfig;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;

/** Machines whose owners answer over HTTP. */
@ApplicationScoped
class HttpMachines implements Machines {
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(5))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final TestRunnerConfig config;
    private final Clock clock;
    private final Stopping stopping;

    HttpMachines(TestRunnerConfig config, Clock clock, Stopping stopping) {
        this.config = config;
        this.clock = clock;
        this.stopping = stopping;
    }

    @Override
    public Machine of(PhaseWork work) {
        VmReady event = work.event();
        HttpOwner owner = new HttpOwner(client, event.machine(), config.patience(), clock, stopping::pause);
        return new HttpMachine(
                owner,
                event.runId(),
                event.phase(),
                work.plan().bootTimeout(),
                work.pins().plan().maxWait());
    }

    @PreDestroy
    void close() {
        client.shutdownNow();
    }
}
