package dev.bootproof.local;

import dev.bootproof.events.DigestChanged;
import dev.bootproof.events.ImageRef;
import dev.bootproof.events.Trigger;
import java.nio.file.Files;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;

/**
 * A trial run of every service, from which their JVMs remember how they start. The lab of the trial is one of its own,
 * and is gone afterwards.
 *
 * @param lab the lab of the trial, whose services record
 * @param terminal where it is told
 */
record Train(Lab lab, Terminal terminal) {
    /** A JVM writes what it learnt when it ends, which takes it some seconds of work. */
    private static final Duration WRITING = Duration.ofMinutes(3);

    private static final Duration VERDICT = Duration.ofSeconds(60);
    private static final List<String> PAGES = List.of("/api/runs", "/api/rejected");

    /** Makes the caches. */
    void run() {
        try {
            new Up(lab, terminal).bring(EnumSet.allOf(Part.class));
            exercise();
            Together.run(Part.services().stream()
                    .map(part -> (Runnable) () -> end(part))
                    .toList());
        } finally {
            new Down(lab, Terminal.silent()).stop(EnumSet.allOf(Part.class));
            new Down(lab, Terminal.silent()).wipe();
        }
    }

    /** One run of an image that nobody has, which is an event through every part of the lab but the machines. */
    private void exercise() {
        LabState state = lab.running();
        var nobodyHas = ImageRef.parse(state.address(Part.REGISTRY) + "/training/nothing:latest");
        DigestChanged event = new DigestChanged(nobodyHas, null, null, null, null, Trigger.MANUAL);
        String run = new Fire(state.address(Part.BROKER)).send(event).value();
        PublisherClient publisher = PublisherClient.of(state);
        Patience.until(VERDICT, () -> publisher.get("/api/runs").toString().contains(run));
        PAGES.forEach(publisher::get);
    }

    private void end(Part part) {
        lab.state().running(part).ifPresent(running -> running.process().end(WRITING));
        boolean made = Files.exists(
                AotCache.of(lab.installation().application(part), lab.user()).file());
        if (!made) {
            throw Trouble.lab(part.word() + " left no cache", "it works without, and starts slower");
        }
    }
}
