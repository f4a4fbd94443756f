package dev.bootproof.chaos.hazard;

import dev.bootproof.chaos.ChaosLab;
import dev.bootproof.events.RunId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A lab that only notes what is done to it. */
final class FakeLab implements ChaosLab {
    private final Path directory;
    private final List<String> done = new ArrayList<>();
    private final Map<String, Long> pids = new HashMap<>();

    FakeLab(Path directory) {
        this.directory = directory;
    }

    List<String> done() {
        return done;
    }

    void runs(String part, long pid) {
        pids.put(part, pid);
    }

    @Override
    public Path home() {
        return directory.resolve("home");
    }

    @Override
    public Path directory() {
        return directory;
    }

    @Override
    public long pid(String part) {
        return Objects.requireNonNull(pids.get(part), part + " does not run");
    }

    @Override
    public void kill(String part) {
        done.add("kill " + part);
    }

    @Override
    public void start(String part) {
        done.add("start " + part);
    }

    @Override
    public String address(String part) {
        return "http://127.0.0.1:1";
    }

    @Override
    public String bootstrap() {
        return "127.0.0.1:1";
    }

    @Override
    public List<RunId> open() {
        return List.of();
    }
}
