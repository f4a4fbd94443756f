package dev.bootproof.e2e;

import dev.bootproof.events.Digest;
import dev.bootproof.events.ImageRef;
import dev.bootproof.registry.Registry;
import dev.bootproof.registry.RegistryOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The demo OS and what the tests make of it. */
final class Images {
    private final Path checkout;
    private final Lab lab;

    Images(Path checkout, Lab lab) {
        this.checkout = checkout;
        this.lab = lab;
    }

    /** The demo OS as an OCI layout: the one that {@code demo} has made, else one by the script that makes it. */
    Layout demo() {
        Path layouts = lab.home().resolve("demo-os");
        return made(layouts).orElseGet(() -> kept().copy(layouts.resolve("e2e")));
    }

    private Layout kept() {
        Path sources = checkout.resolve("deploy/local/demo-os");
        return new Layout(Cache.ofThisUser().made("demo-os", sources.resolve("build"), List.of(sources), List.of()));
    }

    private static Optional<Layout> made(Path layouts) {
        if (!Files.isDirectory(layouts)) {
            return Optional.empty();
        }
        try (Stream<Path> all = Files.list(layouts)) {
            return all.filter(layout -> Files.exists(layout.resolve("index.json")))
                    .filter(layout -> layout.getFileName().toString().matches("[0-9a-f]+|e2e"))
                    .findFirst()
                    .map(Layout::new);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What something is called in the lab's registry. */
    ImageRef named(String name) {
        return ImageRef.parse(lab.address("registry") + "/" + name);
    }

    /** Pushes a layout to the lab's registry and says what it is called there. */
    ImageRef push(Layout layout, String name) {
        ImageRef image = named(name);
        try (Registry registry = registry()) {
            registry.pushLayout(layout.directory(), image);
        }
        return image;
    }

    Registry registry() {
        return new Registry(new RegistryOptions(Set.of(), Duration.ofSeconds(20)));
    }

    Digest digest(ImageRef image) {
        try (Registry registry = registry()) {
            return registry.resolve(image);
        }
    }

    /** The file in which the lab's registry keeps a blob. */
    Path stored(Digest blob) {
        try (var files = Files.walk(lab.home().resolve("registry"))) {
            return files.filter(file -> file.endsWith(Path.of(blob.hex(), "data")))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
