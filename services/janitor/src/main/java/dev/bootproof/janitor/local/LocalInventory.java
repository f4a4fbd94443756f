package dev.bootproof.janitor.local;

import dev.bootproof.events.LocalLab;
import dev.bootproof.events.MalformedEvent;
import dev.bootproof.events.RunId;
import dev.bootproof.janitor.Holding;
import dev.bootproof.janitor.Inventory;
import dev.bootproof.janitor.JanitorConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The inventory of the lab on this machine: QEMU processes, {@code runs/} and what a run has below {@code work/}. */
@ApplicationScoped
public class LocalInventory implements Inventory {
    private static final long MEBIBYTE = 1 << 20;

    private final Path home;
    private final LocalLab lab;
    private final ProcessTable table;
    private final MachineEnd end;

    /** The inventory of this lab. */
    @Inject
    public LocalInventory(LocalLab lab, JanitorConfig config) {
        this(lab, Path.of("/proc"), config.killPatience());
    }

    LocalInventory(LocalLab lab, Path proc, Duration patience) {
        this.home = lab.home().toAbsolutePath().normalize();
        this.lab = new LocalLab(home);
        this.table = new ProcessTable(proc, home);
        this.end = new MachineEnd(table, patience);
    }

    @Override
    public Found look() {
        List<String> strangers = new ArrayList<>();
        try {
            if (!Files.isDirectory(home)) {
                throw new NotDirectoryException(home.toString());
            }
            List<Holding> holdings = new ArrayList<>(table.machines());
            for (Path path : children(lab.runs())) {
                Optional<RunId> run = run(name(path));
                run.ifPresentOrElse(it -> add(holdings, it, path), () -> strangers.add("runs/" + name(path)));
            }
            for (Path path : children(lab.work())) {
                run(name(path)).ifPresent(it -> add(holdings, it, path));
            }
            return new Found(holdings, strangers);
        } catch (IOException e) {
            throw new Unreadable("the lab at " + home + " cannot be looked at: " + e, e);
        }
    }

    @Override
    public Removal remove(Holding holding) {
        return switch (holding) {
            case Holding.Machine machine -> removeMachine(machine);
            case Holding.Files files -> removeFiles(files);
        };
    }

    private Removal removeMachine(Holding.Machine machine) {
        if (end.kill(machine)) {
            return new Removal.Gone(machine.words(), 0);
        }
        return new Removal.Left(machine.words(), "process " + machine.pid() + " was killed and does not end");
    }

    private static Removal removeFiles(Holding.Files files) {
        Tree tree = new Tree(files.path());
        long bytes = tree.bytes();
        try {
            tree.remove();
            return new Removal.Gone(files.words() + " (" + bytes / MEBIBYTE + " MiB)", bytes);
        } catch (IOException e) {
            return new Removal.Left(files.words(), e.toString());
        }
    }

    private void add(List<Holding> holdings, RunId run, Path path) {
        try {
            Instant since =
                    Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS).toInstant();
            holdings.add(new Holding.Files(run, path, home.relativize(path), since));
        } catch (NoSuchFileException e) {
            return;
        } catch (IOException e) {
            throw new Unreadable(path + " cannot be looked at: " + e, e);
        }
    }

    private static List<Path> children(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return List.of();
        }
        try (DirectoryStream<Path> children = Files.newDirectoryStream(directory)) {
            List<Path> all = new ArrayList<>();
            children.forEach(all::add);
            return all;
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private static Optional<RunId> run(String name) {
        try {
            return Optional.of(new RunId(name));
        } catch (MalformedEvent e) {
            return Optional.empty();
        }
    }

    private static String name(Path path) {
        return path.getFileName().toString();
    }
}
