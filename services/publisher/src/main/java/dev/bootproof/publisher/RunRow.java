package dev.bootproof.publisher;

import dev.bootproof.events.Digest;
import dev.bootproof.events.TestsDone;
import dev.bootproof.publisher.RunStory.StageTime;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/**
 * A run in one line, as people read it.
 *
 * @param id the run
 * @param look how it ended
 * @param image what was tested, without a digest
 * @param filter the same for the query of an address
 * @param digest the abbreviated digest; empty where none is known
 * @param sentence why it ended so, or what is being done
 * @param took from being asked for to the verdict, or until now
 * @param when how long ago it was asked for
 * @param exactly the same to the second
 */
record RunRow(
        String id,
        Look look,
        String image,
        String filter,
        String digest,
        String sentence,
        String took,
        String when,
        String exactly) {
    static RunRow of(RunStory story, Instant now) {
        TestsDone done = story.testsDone();
        String image = image(story);
        Digest digest = story.digest();
        Instant end = story.finishedAt() == null ? now : story.finishedAt();
        return new RunRow(
                story.runId().value(),
                Look.of(done == null ? null : done.verdict()),
                image,
                URLEncoder.encode(image, StandardCharsets.UTF_8),
                digest == null ? "" : digest.abbreviated(),
                done == null ? doing(story) : done.reason(),
                Spoken.duration(Duration.between(story.startedAt(), end)),
                Spoken.ago(story.startedAt(), now),
                Spoken.exact(story.startedAt()));
    }

    private static String image(RunStory story) {
        if (story.image() != null) {
            return story.image().stream();
        }
        return story.stream() == null ? story.runId().value() : story.stream();
    }

    private static String doing(RunStory story) {
        if (story.stages().isEmpty()) {
            return "waiting to be picked up";
        }
        StageTime last = story.stages().getLast();
        boolean over = last.finishedAt() != null;
        return switch (last.stage()) {
            case DISK_BUILDER -> over ? "the disk is ready" : "making the disk";
            case VM_PROVISIONER -> over ? "the machine is up" : "booting the machine";
            case TEST_RUNNER -> over ? "the suites are done" : "running the suites";
            case POLLER, PUBLISHER, JANITOR -> last.stage().word() + " is at work";
        };
    }
}
