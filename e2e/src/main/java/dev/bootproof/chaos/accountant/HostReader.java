package dev.bootproof.chaos.accountant;

import dev.bootproof.chaos.accountant.Seen.Root;
import dev.bootproof.events.LocalLab;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The processes of this host that have to do with a lab, and what lies in the lab's directories. A directory of a run
 * stands for all that is in it.
 *
 * <p>Failure: what vanishes while it is looked at is not there.
 */
final class HostReader {
    private static final String PREFIX = "bootproof";

    private final Path proc;
    private final LocalLab lab;
    private final Path temporary;

    HostReader(Path proc, Path home, Path temporary) {
        this.proc = proc;
        this.lab = new LocalLab(home.toAbsolutePath().normalize());
        this.temporary = temporary;
    }

    List<Seen> read() throws IOException {
        List<Seen> all = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
            processes.forEach(process -> add(all, process));
        }
        all.addAll(entries(Root.RUNS, lab.runs()));
        all.addAll(entries(Root.WORK, lab.work()));
        all.addAll(entries(Root.DISKS, lab.disks()));
        all.addAll(entries(Root.HOME, lab.home()));
        all.addAll(entries(Root.TEMPORARY, temporary));
        return all;
    }

    private void add(List<Seen> all, Path process) {
        String command = words(process.resolve("cmdline"));
        String surroundings = directory(process) + " " + variables(process);
        if ((command + " " + surroundings).contains(lab.home().toString())) {
            long pid = Long.parseLong(String.valueOf(process.getFileName()));
            all.add(new Seen.Running(pid, command, surroundings));
        }
    }

    /** Only what names this lab: an environment holds secrets of strangers. */
    private String variables(Path process) {
        return Arrays.stream(words(process.resolve("environ")).split(" ", -1))
                .filter(word ->
                        word.contains(PREFIX) || word.contains(lab.home().toString()))
                .collect(Collectors.joining(" "));
    }

    private static String words(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                    .replace('\0', ' ')
                    .strip();
        } catch (IOException e) {
            return "";
        }
    }

    private static String directory(Path process) {
        try {
            return Files.readSymbolicLink(process.resolve("cwd")).toString();
        } catch (IOException e) {
            return "";
        }
    }

    private static List<Seen> entries(Root root, Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (DirectoryStream<Path> children = Files.newDirectoryStream(directory)) {
            List<Seen> all = new ArrayList<>();
            children.forEach(child -> all.add(new Seen.Entry(root, child.toString())));
            return all;
        }
    }
}
