package dev.bootproof.chaos.hazard;

import dev.bootproof.chaos.ChaosLab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Leaves one service hardly a file or connection more than it has open. Mended by giving it back what it had, as an
 * administrator does who sees the log.
 *
 * @see <a href="https://man7.org/linux/man-pages/man1/prlimit.1.html">prlimit(1)</a>
 */
record FewDescriptors() implements Hazard {
    private static final String LIMIT = "Max open files";
    private static final int SPARE = 3;

    @Override
    public String name() {
        return "few-descriptors";
    }

    @Override
    public String description() {
        return "one service can open no more files and connections";
    }

    @Override
    public Mending strike(ChaosLab lab, RandomGenerator random) throws IOException {
        String part = Services.any(Services.ALL, random);
        long pid = lab.pid(part);
        List<String> before = limits(pid);
        Host.run("prlimit", "--pid", String.valueOf(pid), "--nofile=" + (open(pid) + SPARE) + ":");
        return () -> {
            if (Files.exists(Path.of("/proc", String.valueOf(pid)))) {
                Host.run("prlimit", "--pid", String.valueOf(pid), "--nofile=" + before.getFirst() + ":");
            }
        };
    }

    private static long open(long pid) throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc", String.valueOf(pid), "fd"))) {
            return descriptors.count();
        }
    }

    /** The soft and the hard limit. */
    private static List<String> limits(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc", String.valueOf(pid), "limits")).stream()
                .filter(line -> line.startsWith(LIMIT))
                .map(line -> List.of(line.substring(LIMIT.length()).strip().split("\\s+")))
                .findFirst()
                .orElseThrow(() -> new IOException("process " + pid + " has no limit of open files"));
    }
}
