package dev.bootproof.chaos.accountant;

import dev.bootproof.registry.Registry;
import dev.bootproof.registry.RegistryOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/**
 * Reads the books of a lab: what is there first, the bus afterwards, so that nothing is found whose story is not known.
 *
 * @param bootstrap the broker
 * @param registry host and port of the registry, not of anything that stands before it
 * @param home the lab's home
 * @param directory where the storm keeps its files
 * @param temporary where programs keep temporary files
 * @param clock says when the books are read
 */
public record BooksReader(String bootstrap, String registry, Path home, Path directory, Path temporary, Clock clock) {
    private static final Path PROC = Path.of("/proc");

    /**
     * Reads everything.
     *
     * @throws IOException when something cannot be read; then nothing is proven
     */
    public Books read() throws IOException {
        Instant now = clock.instant();
        List<Seen> host = new HostReader(PROC, home, temporary).read();
        StormFiles files = new StormFiles(directory);
        List<Effect> effects = files.effects();
        List<Line> bus = new BusReader(bootstrap).read();
        return new Books(now, bus, stored(bus), host, effects, files.fired(), files.hazards(), files.notices());
    }

    private List<Stored> stored(List<Line> bus) throws IOException {
        try (Registry client = new Registry(RegistryOptions.defaults())) {
            return new RegistryReader(registry, client).read(bus);
        }
    }
}
