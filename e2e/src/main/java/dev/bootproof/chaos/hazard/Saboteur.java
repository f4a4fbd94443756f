package dev.bootproof.chaos.hazard;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import dev.bootproof.chaos.ChaosLab;
import dev.bootproof.chaos.hazard.agent.ShiftedClock;
import dev.bootproof.chaos.hazard.agent.Trap;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import org.jboss.byteman.agent.Main;

/**
 * Gets into a service that runs: loads Byteman into its JVM with the rules of its part, when a hazard needs that and not
 * before, so that services start and run as they do everywhere.
 *
 * @param directory the storm's directory
 */
record Saboteur(Path directory) {
    /** What Byteman says of itself where it is loaded; it refuses to be loaded twice. */
    private static final String THERE = "org.jboss.byteman.agent.loaded";

    static final String CLOCK_RULE = """
            RULE clock
            CLASS java.time.Clock$SystemClock
            METHOD instant
            AT EXIT
            IF TRUE
            DO RETURN dev.bootproof.chaos.hazard.agent.ShiftedClock.shifted($!)
            ENDRULE
            """;

    /** Writes down what is needed later. */
    void prepare() throws IOException {
        Path rules = Files.createDirectories(directory.resolve("rules"));
        for (String part : Services.ALL) {
            Files.writeString(rules.resolve(part + ".btm"), rules(part));
        }
        try (OutputStream file = Files.newOutputStream(classes());
                JarOutputStream jar = new JarOutputStream(file)) {
            for (Class<?> type : List.of(Trap.class, ShiftedClock.class)) {
                String name = type.getName().replace('.', '/') + ".class";
                jar.putNextEntry(new JarEntry(name));
                try (InputStream code = type.getClassLoader().getResourceAsStream(name)) {
                    Objects.requireNonNull(code, name).transferTo(jar);
                }
            }
        }
    }

    private static String rules(String part) {
        return AmbushPoints.ALL.stream()
                .filter(point -> point.part().equals(part))
                .map(AmbushPoint::rule)
                .collect(Collectors.joining("", CLOCK_RULE, ""));
    }

    private Path classes() {
        return directory.resolve("agent.jar");
    }

    /**
     * Gets into this part.
     *
     * @throws IOException when it does not run, or does not let anybody in
     */
    void enter(ChaosLab lab, String part) throws IOException {
        Path byteman = byteman();
        String options = "script:%s,boot:%s,boot:%s"
                .formatted(directory.resolve("rules").resolve(part + ".btm"), byteman, classes());
        try {
            VirtualMachine service = VirtualMachine.attach(String.valueOf(lab.pid(part)));
            try {
                if (!service.getSystemProperties().containsKey(THERE)) {
                    service.loadAgent(byteman.toString(), options);
                }
            } finally {
                service.detach();
            }
        } catch (AttachNotSupportedException | AgentLoadException | AgentInitializationException e) {
            throw new IOException(part + " lets nobody in: " + e.getMessage(), e);
        }
    }

    private static Path byteman() {
        try {
            return Path.of(Main.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("Byteman is not in a file", e);
        }
    }
}
