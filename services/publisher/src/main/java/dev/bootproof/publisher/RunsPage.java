package dev.bootproof.publisher;

import io.quarkus.qute.TemplateInstance;
import java.util.List;

/**
 * The page of all runs.
 *
 * @param stream the only stream that is shown; empty for all
 * @param unwell that the lab is unwell, and why; empty while it is not
 * @param canary the run that says so; empty while there is none
 * @param running the runs that go on
 * @param done the runs that have a verdict
 * @param rejected the events that were not understood
 */
record RunsPage(
        String stream, String unwell, String canary, List<RunRow> running, List<RunRow> done, List<Rejection> rejected)
        implements TemplateInstance {
    /**
     * A rejected event, as people read it.
     *
     * @param place where it was written
     * @param when how long ago
     * @param exactly the same to the second
     * @param reason what is wrong with it and what to do
     * @param body what it was
     */
    record Rejection(String place, String when, String exactly, String reason, String body) {}
}
