package dev.bootproof.chaos;

import java.util.Map;

/** What the services of a storm are told about time, as environment variables. */
final class Budgets {
    /** Small enough for a lab that is broken every few seconds to come to an end of everything soon. */
    static final Map<String, String> SMALL = Map.ofEntries(
            Map.entry("VM_PROVISIONER_RESERVE", "256M"),
            Map.entry("TEST_RUNNER_CONNECT_TIMEOUT", "10s"),
            Map.entry("TEST_RUNNER_PATIENCE", "30s"),
            Map.entry("TEST_RUNNER_EVIDENCE_PATIENCE", "60s"),
            Map.entry("DISK_BUILDER_RESOLVE_TIMEOUT", "PT15S"),
            Map.entry("DISK_BUILDER_REGISTRY_TIMEOUT", "PT10S"),
            Map.entry("POLLER_INTERVAL", "PT20S"),
            Map.entry("POLLER_LONGEST_PAUSE", "PT20S"),
            Map.entry("POLLER_RETRY_BACKOFF", "PT5S"),
            Map.entry("POLLER_LOST_AFTER", "PT1M"),
            Map.entry("PUBLISHER_TELL_LONGEST", "5s"),
            Map.entry("JANITOR_SWEEP_INTERVAL", "PT5S"),
            Map.entry("JANITOR_MINIMUM_AGE", "PT20S"),
            Map.entry("JANITOR_RETRY_BACKOFF", "PT2S"));

    private Budgets() {}
}
