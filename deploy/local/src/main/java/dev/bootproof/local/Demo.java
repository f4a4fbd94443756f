package dev.bootproof.local;

import dev.bootproof.events.Digest;
import dev.bootproof.events.ImageRef;
import dev.bootproof.registry.Registry;
import dev.bootproof.registry.RegistryOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Publishes the demo OS into the lab's own registry and nothing else: what follows is the lab's doing.
 *
 * @param lab a lab that is up
 * @param terminal where it tells
 */
record Demo(Lab lab, Terminal terminal) {
    private static final Duration QUIET = Duration.ofSeconds(2);
    private static final Duration TICK = Duration.ofMillis(500);
    private static final long MEGA = 1_000_000;

    /** Publishes; a second time it is the same image as another version, and so another digest. */
    Digest publish() {
        DemoImage image = new DemoImage(lab.home(), lab.installation());
        Path layout = image.layout(terminal);
        ImageRef tag = ImageRef.parse(lab.state().address(Part.REGISTRY) + "/demo-os:latest");
        try (Registry registry = new Registry(RegistryOptions.defaults())) {
            boolean first = registry.find(tag).isEmpty();
            String version =
                    lab.clock().instant().truncatedTo(ChronoUnit.SECONDS).toString();
            Path published = first ? layout : image.relabelled(layout, version);
            terminal.line("publishing " + tag);
            push(registry, published, tag);
            return registry.resolve(tag);
        }
    }

    private void push(Registry registry, Path layout, ImageRef tag) {
        long before = Home.bytesBelow(lab.home().registryStorage());
        long all = Home.bytesBelow(layout);
        Thread push = Thread.ofVirtual().unstarted(() -> registry.pushLayout(layout, tag));
        var failed = new AtomicReference<Throwable>();
        push.setUncaughtExceptionHandler((_, e) -> failed.set(e));
        push.start();
        Progress progress = Progress.now(terminal);
        while (!Patience.until(TICK, () -> !push.isAlive())) {
            progress.bytes(Home.bytesBelow(lab.home().registryStorage()) - before, all);
        }
        terminal.passing("");
        if (failed.get() != null) {
            throw Trouble.lab(
                    "the push failed: " + failed.get().getMessage(),
                    "see " + lab.home().log(Part.REGISTRY));
        }
        if (progress.took().compareTo(QUIET) > 0) {
            terminal.line("  " + all / MEGA + " MB, " + Progress.rate(all, progress.took()));
        }
    }
}
