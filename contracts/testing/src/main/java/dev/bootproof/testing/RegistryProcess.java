package dev.bootproof.testing;

import dev.bootproof.events.ImageRef;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A real registry: Debian's docker-registry, a process of its own with its blobs in a directory. */
public final class RegistryProcess implements AutoCloseable {
    private static final Pattern LISTENING = Pattern.compile("listening on (127\\.0\\.0\\.1:\\d+)");

    private final Process process;
    private final Path storage;
    private final String address;

    private RegistryProcess(Process process, Path storage, String address) {
        this.process = process;
        this.storage = storage;
        this.address = address;
    }

    /** Starts one that keeps its blobs below this directory. */
    public static RegistryProcess start(Path directory) throws IOException {
        return start(directory, "");
    }

    /** Starts one with more lines of configuration, as for notifications. */
    public static RegistryProcess start(Path directory, String more) throws IOException {
        Path storage = Files.createDirectories(directory.resolve("storage"));
        Path config = Files.writeString(directory.resolve("config.yml"), """
                version: 0.1
                storage:
                  filesystem:
                    rootdirectory: %s
                  delete:
                    enabled: true
                http:
                  addr: 127.0.0.1:0
                %s
                """.formatted(storage, more));
        Process process = launch(config);
        return new RegistryProcess(process, storage, address(process));
    }

    /** Host and port. */
    public String address() {
        return address;
    }

    /** A reference into it. */
    public ImageRef ref(String path) {
        return ImageRef.parse(address + "/" + path);
    }

    /** Where the registry keeps a blob. */
    public Path blob(String hex) {
        return storage.resolve("docker/registry/v2/blobs/sha256/" + hex.substring(0, 2) + "/" + hex + "/data");
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    private static Process launch(Path config) {
        try {
            return new ProcessBuilder("docker-registry", "serve", config.toString())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            throw new AssertionError("docker-registry is not on the PATH: apt-get install docker-registry", e);
        }
    }

    private static String address(Process process) throws IOException {
        BufferedReader log = process.inputReader(StandardCharsets.UTF_8);
        for (String line = log.readLine(); line != null; line = log.readLine()) {
            Matcher matcher = LISTENING.matcher(line);
            if (matcher.find()) {
                Thread.ofVirtual().start(() -> log.lines().forEach(ignored -> {}));
                return matcher.group(1);
            }
        }
        throw new AssertionError("docker-registry ended before it listened");
    }
}
