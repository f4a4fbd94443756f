package dev.bootproof.testrunner.source.oci;

import dev.bootproof.events.ImageRef;
import dev.bootproof.events.MalformedEvent;
import dev.bootproof.registry.Descriptor;
import dev.bootproof.registry.ManifestView;
import dev.bootproof.registry.Registry;
import dev.bootproof.registry.RegistryException;
import dev.bootproof.stage.StageFault;
import dev.bootproof.testrunner.source.SourceRef;
import dev.bootproof.testrunner.source.SuiteFiles;
import dev.bootproof.testrunner.source.SuiteSource;
import dev.bootproof.testrunner.tar.Unpacking;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Suites from registries: artifacts whose layers are archives of files, or files with their path as title, as
 * {@code oras push} makes them. A file called {@code run} is a program.
 */
public final class OciSource implements SuiteSource {
    private static final long LARGEST = 64L << 20;

    private final Registry registry;

    /** Reads from this registry's hosts. */
    public OciSource(Registry registry) {
        this.registry = registry;
    }

    @Override
    public boolean serves(String scheme) {
        return scheme.equals("oci");
    }

    @Override
    public SourceRef pin(SourceRef source) {
        ImageRef image = image(source);
        if (image.digest() != null) {
            return source;
        }
        return translated(
                source, () -> source.atPlace(image.at(registry.resolve(image)).toString()));
    }

    @Override
    public void fetch(SourceRef pinned, Path directory) throws IOException {
        ImageRef image = image(pinned);
        ManifestView artifact = translated(pinned, () -> registry.manifest(image));
        if (artifact.isIndex()) {
            throw pinned.missing("it is an index of several images, not an artifact with a suite");
        }
        SuiteFiles files = new SuiteFiles(pinned, directory);
        for (Descriptor layer : artifact.layers()) {
            if (layer.size() > LARGEST) {
                throw pinned.missing("its layer " + layer.digest() + " is larger than 64 MiB");
            }
            try (InputStream content = translated(pinned, () -> registry.blob(image, layer))) {
                take(pinned, layer, content, files);
                // Only at its end is it known that these were the bytes of the digest.
                content.transferTo(OutputStream.nullOutputStream());
            } catch (RegistryException e) {
                throw fault(pinned, e);
            }
        }
    }

    private static void take(SourceRef pinned, Descriptor layer, InputStream content, SuiteFiles files)
            throws IOException {
        String title = layer.title();
        if (archive(layer)) {
            try {
                Unpacking.read(content, new Taken(files));
            } catch (IOException e) {
                throw pinned.missing("its layer " + layer.digest() + " cannot be unpacked: " + e.getMessage());
            }
        } else if (title != null) {
            files.add(title, title.equals("run") || title.endsWith("/run"), content);
        } else {
            throw pinned.missing("its layer " + layer.digest() + " is no archive and has no title that names a file");
        }
    }

    private static boolean archive(Descriptor layer) {
        String type = layer.mediaType().toLowerCase(Locale.ROOT);
        String title = layer.title() == null ? "" : layer.title();
        return type.matches(".*[./+-]tar(?:[.+](?:gzip|gz|zstd))?")
                || title.matches(".*\\.(?:tar|tar\\.gz|tgz|tar\\.zst)");
    }

    private static ImageRef image(SourceRef source) {
        try {
            return ImageRef.parse(source.place());
        } catch (MalformedEvent e) {
            throw source.missing(String.valueOf(e.getMessage()));
        }
    }

    private static <T> T translated(SourceRef source, Supplier<T> doing) {
        try {
            return doing.get();
        } catch (RegistryException e) {
            throw fault(source, e);
        }
    }

    private static StageFault fault(SourceRef source, RegistryException e) {
        return e.kind() == RegistryException.Kind.NOT_FOUND
                ? source.missing("the registry has no such artifact")
                : new StageFault(e.fault(), String.valueOf(e.getMessage()));
    }

    private record Taken(SuiteFiles files) implements Unpacking.Taking {
        @Override
        public void file(String path, boolean executable, InputStream content) throws IOException {
            files.add(path, executable, content);
        }

        @Override
        public void other(String path, String what) {
            throw files.refused(path, what);
        }
    }
}
