package dev.bootproof.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The six services, each a process of its own.
 *
 * @param home the lab's directory
 * @param installation what they are started from
 * @param user the user's environment
 */
record ServiceProcess(Home home, Installation installation, Map<String, String> user) {
    private static final int HEAP_MIB = 256;

    /**
     * How this service is started.
     *
     * @throws Trouble where it is not built
     */
    Detached process(Part part, LabState state) {
        Path jar = installation.application(part).resolve("quarkus-run.jar");
        if (!Files.exists(jar)) {
            throw Trouble.lab(part.word() + " is not built: " + jar + " is missing", "run ./bootproof up");
        }
        List<String> command = installation.java(HEAP_MIB);
        if (part == Part.DISK_BUILDER) {
            // It hashes and inflates whole images, for which the first compiler takes ten times as long as the second.
            command.remove("-XX:TieredStopAtLevel=1");
        }
        command.addAll(AotCache.of(installation.application(part), user).options());
        command.addAll(asked(part));
        command.addAll(List.of("-jar", jar.toString()));
        return new Detached(command, environment(part, state), home.log(part));
    }

    /** Further options for this service's JVM, as in {@code JANITOR_JVM_OPTIONS}: an agent, another heap. */
    private List<String> asked(Part part) {
        String options = user.getOrDefault(part.name() + "_JVM_OPTIONS", "").strip();
        return options.isEmpty() ? List.of() : List.of(options.split("\\s+"));
    }

    /** What a service is told. One set for all: each reads what it knows. */
    Map<String, String> environment(Part part, LabState state) {
        String registry = state.address(Part.REGISTRY);
        Map<String, String> told = new TreeMap<>();
        told.put("KAFKA_BOOTSTRAP_SERVERS", state.address(Part.BROKER));
        told.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        told.put("BOOTPROOF_HOME", home.directory().toString());
        told.put("BOOTPROOF_REGISTRY", registry);
        told.put("BOOTPROOF_CATALOG", installation.catalog(home).toString());
        told.put("BOOTPROOF_EVIDENCE_REPOSITORY", registry + "/bootproof/evidence");
        told.put("POLLER_HOOKS_SECRET_FILE", home.hooksSecret().toString());
        told.put("VM_PROVISIONER_URL", "http://" + state.address(Part.VM_PROVISIONER));
        told.put("VM_PROVISIONER_TOOLS_DISK", home.toolsDisk().toString());
        told.put("TEST_RUNNER_SUITES", installation.checkout().resolve("suites").toString());
        told.put("PUBLISHER_URL", "http://" + state.address(Part.PUBLISHER));
        told.put("PUBLISHER_PUSH_BESIDE", registry);
        told.put("PUBLISHER_RESULTS_REPOSITORY", registry + "/bootproof/results");
        told.putAll(telemetry());
        told.putAll(own(part));
        told.put("QUARKUS_HTTP_PORT", String.valueOf(state.port(part)));
        return told;
    }

    /** What the user sets for this service. It would be inherited anyway; here it is seen when it changes. */
    private Map<String, String> own(Part part) {
        Map<String, String> own = new TreeMap<>(user);
        own.keySet().removeIf(name -> !name.startsWith(part.name() + "_") && !name.startsWith("QUARKUS_"));
        return own;
    }

    /** What the ecosystem calls a collector, in the services' words. Without one, traces only travel along. */
    private Map<String, String> telemetry() {
        Map<String, String> told = new TreeMap<>();
        translate("OTEL_EXPORTER_OTLP_ENDPOINT", "QUARKUS_OTEL_EXPORTER_OTLP_ENDPOINT", told);
        translate("OTEL_EXPORTER_OTLP_PROTOCOL", "QUARKUS_OTEL_EXPORTER_OTLP_PROTOCOL", told);
        translate("OTEL_EXPORTER_OTLP_HEADERS", "QUARKUS_OTEL_EXPORTER_OTLP_HEADERS", told);
        translate("OTEL_RESOURCE_ATTRIBUTES", "QUARKUS_OTEL_RESOURCE_ATTRIBUTES", told);
        return told;
    }

    private void translate(String from, String to, Map<String, String> told) {
        String value = user.getOrDefault(from, "");
        if (!value.isEmpty() && !user.containsKey(to)) {
            told.put(to, value);
        }
    }
}
