package dev.bootproof.local;

import dev.bootproof.local.Program.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How this machine is for a lab.
 *
 * @param lab the lab
 */
record HostFindings(Lab lab) {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int JAVA = 25;
    private static final long GIBI = 1L << 30;
    private static final long SCARCE = 4 * GIBI;
    private static final long ENOUGH = 12 * GIBI;
    private static final int MACHINE_MIB = 1324;
    private static final int RESERVE_MIB = 1024;
    private static final String MAVEN = "3.8.7";
    private static final String QEMU = "7.2";
    private static final Pattern VERSION = Pattern.compile("([0-9]+)\\.([0-9]+)(?:\\.([0-9]+))?");

    Finding jdk() {
        Path compiler = lab.installation().jdk().resolve("bin/javac");
        int feature = Runtime.version().feature();
        String found = "Java " + Runtime.version() + " in " + lab.installation().jdk();
        return feature >= JAVA && Files.isExecutable(compiler)
                ? Finding.good("JDK", found)
                : Finding.missing("JDK", found + " has no compiler or is too old", "install a JDK of at least " + JAVA);
    }

    Finding maven() {
        return version("Maven", MAVEN, "apt-get install maven", "mvn", "--version");
    }

    Finding qemu() {
        return version("QEMU", QEMU, "apt-get install qemu-system-x86", "qemu-system-x86_64", "--version");
    }

    private static Finding version(String name, String least, String advice, String... command) {
        Optional<Result> said = Program.run(LIMIT, command).filter(Result::good);
        if (said.isEmpty()) {
            return Finding.missing(name, String.join(" ", command) + " does not work", advice);
        }
        String line = said.get().firstLine().replaceAll("\\x1b\\[[0-9;]*m", "");
        return atLeast(line, least)
                ? Finding.good(name, line)
                : Finding.missing(name, line + " is older than " + least, "take a newer release of this system");
    }

    /** Whether the first version in the line is this or newer. */
    static boolean atLeast(String line, String least) {
        Matcher found = VERSION.matcher(line);
        Matcher wanted = VERSION.matcher(least);
        return found.find()
                && wanted.matches()
                && Runtime.Version.parse(plain(found)).compareTo(Runtime.Version.parse(plain(wanted))) >= 0;
    }

    /** Without zeros at the end, as the platform wants versions. */
    private static String plain(Matcher version) {
        String last = version.group(3) == null ? "0" : version.group(3);
        return (version.group(1) + "." + version.group(2) + "." + last).replaceAll("(\\.0)+$", "");
    }

    /** The room for images, disks and evidence. */
    Finding space() {
        Path place = place();
        try {
            long free = Files.getFileStore(place).getUsableSpace();
            String found =
                    "%d GiB free for %s".formatted(free / GIBI, lab.home().directory());
            if (free < SCARCE) {
                return Finding.missing("disk space", found, "make room, or set BOOTPROOF_HOME to a larger disk");
            }
            return free < ENOUGH
                    ? Finding.note(
                            "disk space", found + ": enough for the demo", "large images need several times their size")
                    : Finding.good("disk space", found);
        } catch (IOException e) {
            return Finding.missing(
                    "disk space", place + " cannot be looked at: " + e.getMessage(), "set BOOTPROOF_HOME");
        }
    }

    /** Whether a file can be cloned by sharing its blocks there. */
    Finding reflinks() {
        Path place = place();
        try {
            Path file = Files.createTempFile(place, ".bootproof", ".reflink");
            Path clone = file.resolveSibling(file.getFileName() + ".clone");
            try {
                Files.write(file, new byte[1 << 16]);
                boolean works = Program.run(LIMIT, "cp", "--reflink=always", file.toString(), clone.toString())
                        .filter(Result::good)
                        .isPresent();
                String store = Files.getFileStore(place).type();
                return works
                        ? Finding.good("reflinks", store + " clones disks by sharing their blocks")
                        : Finding.note(
                                "reflinks",
                                store + " cannot share blocks: clones are qcow2 overlays, which is as quick to make",
                                "");
            } finally {
                Files.deleteIfExists(file);
                Files.deleteIfExists(clone);
            }
        } catch (IOException e) {
            return Finding.missing("reflinks", place + " cannot be written: " + e.getMessage(), "set BOOTPROOF_HOME");
        }
    }

    /** The lab's directory, or the nearest around it that exists. */
    private Path place() {
        Path place = lab.home().directory();
        while (!Files.isDirectory(place) && place.getParent() != null) {
            place = place.getParent();
        }
        return place;
    }

    Finding memory() {
        try {
            List<String> lines = Files.readAllLines(Path.of("/proc/meminfo"));
            long available = lines.stream()
                    .filter(line -> line.startsWith("MemAvailable:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) >> 10)
                    .findFirst()
                    .orElse(0);
            long machines = Math.max(0, (available - RESERVE_MIB) / MACHINE_MIB);
            int processors = Runtime.getRuntime().availableProcessors();
            String found = "%d MiB available, for %d machine(s) of 1 GiB; at most %d run, one per processor"
                    .formatted(available, machines, processors);
            return machines > 0
                    ? Finding.good("memory", found)
                    : Finding.missing("memory", found, "end something, or use a larger machine");
        } catch (IOException e) {
            return Finding.note("memory", "/proc/meminfo cannot be read: " + e.getMessage(), "");
        }
    }

    Finding kvm() {
        return KvmProbe.ofThisHost().finding(lab.home());
    }
}
