package dev.bootproof.chaos.hazard;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What hazards need and what must be there before the lab starts: a JDK whose services can be got into, a proxy before
 * the registry, filesystems that can be full. To be closed when the lab is down.
 */
public final class Ground implements AutoCloseable {
    private final RegistryProxy proxy;
    private final SmallDisks disks;
    private final Path jdk;

    private Ground(RegistryProxy proxy, SmallDisks disks, Path jdk) {
        this.proxy = proxy;
        this.disks = disks;
        this.jdk = jdk;
    }

    /**
     * Lays it.
     *
     * @param home the lab's directory, which nothing has been stored in yet
     * @param directory the storm's directory, not below that of the lab
     * @param jdk the JDK that everything runs on
     * @param registry host and port of the lab's registry, asked when it is needed
     */
    public static Ground lay(Path home, Path directory, Path jdk, Supplier<String> registry) throws IOException {
        RegistryProxy proxy = RegistryProxy.open(registry, directory);
        String address = proxy.address();
        Map<String, String> told = Map.of(
                "bootproof.evidence-repository",
                address + "/bootproof/evidence",
                "publisher.push-beside",
                address,
                "publisher.results-repository",
                address + "/bootproof/results");
        new Saboteur(directory).prepare();
        return new Ground(proxy, SmallDisks.lay(home, directory), new ArmedJdk(directory, jdk).make(told));
    }

    /** Host and port that images are named by. */
    public String registry() {
        return proxy.address();
    }

    /** What {@code ./bootproof up} must be told, so that all this is used. */
    public Map<String, String> environment() {
        return Map.of("JAVA_HOME", jdk.toString(), "BOOTPROOF_JDK", jdk.toString());
    }

    @Override
    public void close() throws IOException {
        proxy.close();
        disks.close();
    }
}
