package dev.bootproof.chaos;

import dev.bootproof.chaos.guest.RunningMachines;
import dev.bootproof.chaos.guest.Theatre;
import dev.bootproof.chaos.hazard.Ground;
import dev.bootproof.events.RunId;
import dev.bootproof.local.LabParts;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The lab of a storm: the real parts in a directory of their own, with stand-ins for machines. */
final class StormLab implements ChaosLab {
    private final LabParts parts;
    private final Ground ground;
    private final boolean real;
    private final Path directory;
    private final Supplier<List<RunId>> open;

    private StormLab(LabParts parts, Ground ground, Path directory, boolean real, Supplier<List<RunId>> open) {
        this.parts = parts;
        this.ground = ground;
        this.real = real;
        this.directory = directory;
        this.open = open;
    }

    /**
     * A lab that is not up yet.
     *
     * @param home its directory, short enough for sockets
     * @param directory the storm's directory
     * @param environment what the {@code bootproof} script says
     * @param wish what kind of storm
     * @param open the runs without a verdict
     */
    static StormLab in(
            Path home, Path directory, Map<String, String> environment, Proof.Wish wish, Supplier<List<RunId>> open)
            throws IOException {
        Path suites = directory.resolve("suites");
        Repertoire.writeSuite(suites);
        Path jdk = Path.of(environment.getOrDefault("BOOTPROOF_JDK", System.getProperty("java.home")));
        AtomicReference<@Nullable LabParts> later = new AtomicReference<>();
        Ground ground = Ground.lay(
                home, directory, jdk, () -> Objects.requireNonNull(later.get()).address("registry"));
        Map<String, String> all = new HashMap<>(Budgets.SMALL);
        all.putAll(environment);
        all.putAll(ground.environment());
        all.put("BOOTPROOF_HOME", home.toString());
        if (!wish.real()) {
            Path qemu = new Theatre(directory, jdk, System.getProperty("java.class.path")).open();
            all.put("VM_PROVISIONER_ACCELERATOR", "tcg");
            all.put("VM_PROVISIONER_QEMU", qemu.toString());
            all.put("VM_PROVISIONER_MAX_MACHINES", String.valueOf(wish.open()));
        }
        all.put("TEST_RUNNER_SUITES", suites.toString());
        PrintStream log =
                new PrintStream(Files.newOutputStream(directory.resolve("lab.log")), true, StandardCharsets.UTF_8);
        LabParts parts = LabParts.of(all, Clock.systemUTC(), log);
        later.set(parts);
        return new StormLab(parts, ground, directory, wish.real(), open);
    }

    /**
     * Brings it up.
     *
     * @param peer where verdicts are told
     * @return what is played in it
     */
    Repertoire up(String peer) throws IOException {
        parts.prepare();
        Repertoire repertoire = new Repertoire(ground.registry(), peer, real);
        repertoire.writeCatalog(home().resolve("catalog.yaml"));
        if (real) {
            parts.up();
        } else {
            parts.upWithoutTools();
        }
        return repertoire;
    }

    /** Takes it down and away; its logs are kept in the storm's directory. */
    void down() throws IOException {
        parts.down(false);
        new RunningMachines(home()).kill();
        Path kept = Files.createDirectories(directory.resolve("logs"));
        try (var logs = Files.list(home().resolve("logs"))) {
            for (Path log : logs.toList()) {
                Files.copy(log, kept.resolve(log.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        parts.down(true);
        ground.close();
    }

    /** Host and port of the registry itself. */
    String registry() {
        return parts.address("registry");
    }

    @Override
    public Path home() {
        return parts.home();
    }

    @Override
    public Path directory() {
        return directory;
    }

    @Override
    public long pid(String part) {
        return parts.pid(part);
    }

    @Override
    public void kill(String part) {
        parts.kill(part);
    }

    @Override
    public void start(String part) throws IOException {
        try {
            parts.start(part);
        } catch (RuntimeException e) {
            throw new IOException(part + " did not start: " + e.getMessage(), e);
        }
    }

    @Override
    public String address(String part) {
        String address = parts.address(part);
        return part.equals("broker") ? address : "http://" + address;
    }

    @Override
    public String bootstrap() {
        return parts.address("broker");
    }

    @Override
    public List<RunId> open() {
        return open.get();
    }
}
