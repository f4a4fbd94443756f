package dev.bootproof.vmprovisioner.qemu;

import dev.bootproof.events.DerivedKeys;
import dev.bootproof.events.Fault;
import dev.bootproof.events.LocalLab;
import dev.bootproof.events.Names;
import dev.bootproof.events.RunId;
import dev.bootproof.vmprovisioner.Machine;
import dev.bootproof.vmprovisioner.Machines;
import dev.bootproof.vmprovisioner.Order;
import dev.bootproof.vmprovisioner.StartResult;
import dev.bootproof.vmprovisioner.VmProvisionerConfig;
import dev.bootproof.vmprovisioner.qemu.MachineFiles.Made;
import io.quarkus.logging.Log;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * Machines as QEMU processes of this host, which outlive this service: what is written in their files and what runs is
 * the truth, and what is remembered here only saves looking.
 */
@Singleton
class QemuMachines implements Machines {
    private final LocalLab lab;
    private final Launch launch;
    private final DerivedKeys keys;
    private final Clock clock;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /** Held while a machine is made or taken up, so that nobody takes up what is only half made. */
    private final ReentrantLock making = new ReentrantLock();

    private final Map<String, QemuMachine> known = new HashMap<>();

    QemuMachines(LocalLab lab, DerivedKeys keys, VmProvisionerConfig config, Clock clock) {
        this.lab = lab;
        this.keys = keys;
        this.launch = new Launch(lab, keys, config, clock);
        this.clock = clock;
    }

    @Override
    public StartResult start(Order order) {
        making.lock();
        try {
            MachineFiles files = files(order.run(), order.phase());
            Processes.kill(order.name(), lab.run(order.run()));
            known.remove(order.name());
            return new StartResult.Started(takeUp(launch.launch(order, files), files));
        } catch (CannotStart e) {
            Processes.killTpm(files(order.run(), order.phase()).tpm());
            return new StartResult.NotStarted(e.fault(), e.evidence());
        } catch (IOException e) {
            return new StartResult.NotStarted(
                    Fault.MACHINE_NOT_STARTED, "the machine's files could not be written: " + e);
        } finally {
            making.unlock();
        }
    }

    @Override
    public Optional<Machine> find(RunId run, int phase) {
        making.lock();
        try {
            MachineFiles files = files(run, phase);
            Optional<Made> made = files.made();
            if (made.isEmpty()) {
                known.remove(Names.machine(run, phase));
                return Optional.empty();
            }
            QemuMachine machine = known.get(Names.machine(run, phase));
            return Optional.of(machine != null ? machine : takeUp(made.get(), files));
        } catch (NoSuchFileException | NotDirectoryException e) {
            Log.debugf("the janitor took runId=%s phase=%d away meanwhile", run, phase);
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("a machine could not be taken up", e);
        } finally {
            making.unlock();
        }
    }

    @Override
    public List<Machine> all() {
        List<Machine> all = directories(lab.runs())
                .flatMap(QemuMachines::directories)
                .flatMap(phase -> new MachineFiles(phase).made().stream())
                .flatMap(made -> find(made.order().run(), made.order().phase()).stream())
                .toList();
        forgetAllBut(all);
        return all;
    }

    /** The directories in this one; those that the janitor takes away meanwhile are passed over. */
    private static Stream<Path> directories(Path directory) {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(Files::isDirectory).toList().stream();
        } catch (NoSuchFileException | NotDirectoryException e) {
            return Stream.empty();
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof NoSuchFileException) {
                return Stream.empty();
            }
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException("the runs of this lab cannot be listed", e);
        }
    }

    private void forgetAllBut(List<Machine> all) {
        making.lock();
        try {
            known.values().removeIf(machine -> !machine.story().alive() && !all.contains(machine));
        } finally {
            making.unlock();
        }
    }

    @Override
    public void onGone(Runnable listener) {
        listeners.add(listener);
    }

    /** The machines go on without this service; an end of its connections is not an end of theirs. */
    @PreDestroy
    void detach() {
        making.lock();
        try {
            known.values().forEach(QemuMachine::detach);
        } finally {
            making.unlock();
        }
    }

    private QemuMachine takeUp(Made made, MachineFiles files) throws IOException {
        String name = made.order().name();
        QemuMachine machine = QemuMachine.of(made, files, keys, clock, () -> listeners.forEach(Runnable::run));
        known.put(name, machine);
        return machine;
    }

    private MachineFiles files(RunId run, int phase) {
        return new MachineFiles(lab.phase(run, phase));
    }
}
