package dev.bootproof.vmprovisioner.qemu;

import dev.bootproof.vmprovisioner.HostMemory;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Memory as Linux tells of it in {@code /proc}. */
@Singleton
class ProcMemory implements HostMemory {
    private static final Path MEMORY = Path.of("/proc/meminfo");
    private static final Pattern AVAILABLE = Pattern.compile("MemAvailable:\\s+(\\d+) kB");
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

    @Override
    public long availableMiB() {
        try {
            return miB(AVAILABLE, Files.readString(MEMORY));
        } catch (IOException e) {
            throw new UncheckedIOException("the host's memory cannot be read", e);
        }
    }

    /** What a process has in memory, in MiB; 0 when there is no such process. */
    static long residentMiB(long pid) {
        try {
            return miB(RESIDENT, Files.readString(Path.of("/proc/" + pid + "/status")));
        } catch (IOException e) {
            return 0;
        }
    }

    private static long miB(Pattern line, String text) {
        Matcher matcher = line.matcher(text);
        return matcher.find() ? Long.parseLong(matcher.group(1)) >> 10 : 0;
    }
}
