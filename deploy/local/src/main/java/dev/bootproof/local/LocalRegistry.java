package dev.bootproof.local;

import java.util.List;
import java.util.Map;

/**
 * CNCF Distribution, which tells the poller of every push.
 *
 * @param home the lab's directory
 */
record LocalRegistry(Home home) {
    /** Writes its configuration and says how it is started. */
    Detached process(LabState state) {
        String secret = Secrets.text(home.hooksSecret());
        Secrets.write(home.configuration("registry.yaml"), """
                version: 0.1
                log:
                  level: warn
                  accesslog:
                    disabled: true
                storage:
                  filesystem:
                    rootdirectory: %1$s
                  delete:
                    enabled: true
                http:
                  addr: 127.0.0.1:%2$d
                  secret: %4$s
                notifications:
                  events:
                    includereferences: true
                  endpoints:
                    - name: poller
                      url: http://127.0.0.1:%3$d/hooks/distribution
                      headers:
                        Authorization: [Bearer %4$s]
                      timeout: 2s
                      threshold: 3
                      backoff: 1s
                      ignore:
                        actions: [pull, delete, mount]
                """.formatted(
                        home.registryStorage(), state.port(Part.REGISTRY), state.port(Part.POLLER), secret));
        return new Detached(
                List.of(
                        "docker-registry",
                        "serve",
                        home.configuration("registry.yaml").toString()),
                Map.of(),
                home.log(Part.REGISTRY));
    }
}
